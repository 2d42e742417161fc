// The icons: line drawings in the colour of the text beside them. All are decoration; names stand on their buttons.

import type { Artefact } from '../paper';

/** What a paper has and what one does with it: all that a content script carries. */
const marks = {
  bookmark: 'M4 2.5h8v11l-4-3-4 3z',
  note: 'M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3M6 8h4.5M6 10.5h4.5',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  link: 'M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2.3-2.3a2.5 2.5 0 0 0-3.6-3.6l-.9.9M9.2 6.8a2.5 2.5 0 0 0-3.6 0L3.3 9.1a2.5 2.5 0 0 0 3.6 3.6l.9-.9',
  cube: 'M8 2 13.5 5v6L8 14l-5.5-3V5zM2.5 5 8 8l5.5-3M8 8v6',
  comment: 'M2.5 3h11v7.5h-6l-3 3v-3h-2z',
  highlight: 'M10 2 14 6l-6 6H4V8zM7 5l4 4M2.5 14.5h11',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  unfold: 'M3.5 6 8 10.5 12.5 6',
  fold: 'M3.5 10.5 8 6l4.5 4.5',
  up: 'M8 3 3 8.5h3V13h4V8.5h3z',
} as const;

const paths = {
  ...marks,
  edit: 'M3 13l.6-2.9 7.2-7.2a1.2 1.2 0 0 1 1.7 0l.6.6a1.2 1.2 0 0 1 0 1.7L5.9 12.4zM9.6 4.1l2.3 2.3',
  older: 'M10 3 5 8l5 5',
  newer: 'M6 3l5 5-5 5',
  star: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10',
  upload: 'M8 11V3M4.5 6 8 2.5 11.5 6M3 13.5h10',
  settings:
    'M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.8 12.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
  close: 'M4 4l8 8M12 4l-8 8',
  topic: 'M3 8.5V3h5.5l5 5-5.5 5.5zM5.8 5.8h.01',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  share: 'M8 9.5v-7M5 5l3-3 3 3M4.5 7.5h-1v6h9v-6h-1',
  dismiss: 'M2 8s2.2-4 6-4c.9 0 1.7.2 2.4.5M14 8s-2.2 4-6 4c-.9 0-1.7-.2-2.4-.5M13 3 3 13',
  down: 'M8 3v10M4 9l4 4 4-4',
  tag: 'M8.5 2.5H13.5v5l-6 6-5-5zM11 5h.01',
  bin: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4',
  external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  keys: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8M8 12.5h.01',
  check: 'M3 8.5 6.5 12 13 4.5',
  library: 'M3 2.5v11M6 2.5v11M9 3l3.5 10.2',
} as const;

export type MarkName = keyof typeof marks;
export type IconName = keyof typeof paths;

/** What kind of thing a link in an abstract leads to. */
export const artefactMarks: Record<Artefact['kind'], MarkName> = {
  code: 'code',
  model: 'cube',
  dataset: 'cube',
  space: 'cube',
  collection: 'cube',
  project: 'link',
};

function draw(path: string, filled: boolean) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={path}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="1.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** A 16-pixel icon. `filled`: the mark is on. */
export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return draw(paths[name], filled);
}

/** The same, of fewer: for what is shown in the pages of others. */
export function Mark({ name, filled = false }: { name: MarkName; filled?: boolean }) {
  return draw(marks[name], filled);
}
