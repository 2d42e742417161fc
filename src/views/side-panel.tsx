// The side panel: the paper of the tab in view, whatever page that is, with its note always open.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { artefactsIn } from '../artefacts';
import { type Said, Toast } from '../ui/controls';
import { Icon } from '../ui/icon';
import { NoPaper, SidePaper } from '../ui/side-panel';
import { useHighlightsBeside } from './beside';
import { paperOf, refOf, useCurrent } from './current';
import { HighlightsOf } from './highlights';
import { NoteOf } from './note';
import { downloadPdf } from './pdf';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useRelated } from './related';
import { useSaving } from './saving';
import { sentence } from './sentence';

/** The whole side panel. `data-state` on `<html>`: `loading`, `ready`, or `empty` where the tab shows no paper. */
export function SidePanel(props: { library: Library; notices: Notices; drafts: Drafts }) {
  const { library, notices, drafts } = props;
  const [said, setSaid] = useState<Said>();
  const [asking, setAsking] = useState(false);
  /** The paper whose note got its first key here. */
  const begun = useRef<string>(undefined);
  const { current, lookUp, update } = useCurrent({ library, notices });
  const saving = useSaving(library, update, setSaid);
  const reading = useReading(library, update, setSaid);
  const place = current?.tab;
  const related = useRelated(place?.page.id, { library, notices });
  const where = useHighlightsBeside(
    place?.page.id,
    place?.tabId,
    // A page that is loaded, or another one, is asked anew.
    place ? `${place.page.site} ${place.page.kind} ${place.loaded}` : '',
    notices,
  );

  const state = current === null ? 'empty' : current?.view ? 'ready' : 'loading';
  useLayoutEffect(() => {
    document.documentElement.dataset.state = state;
  }, [state]);

  const ask = () => {
    setAsking(true);
    lookUp()
      .catch((cause) => setSaid({ text: sentence(cause) }))
      .finally(() => setAsking(false));
  };

  const shown = () => {
    if (!current) return current === null && <NoPaper />;
    const paper = paperOf(current);
    const { id, kind } = current.tab.page;
    const saved = saving.isSaved(id, current.view?.saved ?? false);
    /** The first text of a note takes the paper's metadata along. */
    const begin = () => {
      if (begun.current === id) return;
      begun.current = id;
      void library.beginNote(paper).catch(() => {});
    };
    return (
      <SidePaper
        paper={refOf(current)}
        view={
          current.view && {
            ...current.view,
            saved,
            reading: reading.of(id, current.view.reading),
          }
        }
        title={current.tab.title}
        fullText={kind === 'pdf' || kind === 'html'}
        artefacts={artefactsIn(paper.abstract)}
        related={related.papers ?? []}
        asking={asking}
        now={Date.now()}
        on={{
          save: () => saving.toggle(paper, saved),
          reading: (chosen) => reading.set(paper, chosen),
          download: () => void downloadPdf(refOf(current)),
          lookUp: ask,
        }}
      >
        <div class="note-place" onInputCapture={begin}>
          <NoteOf key={id} id={id} writing library={library} notices={notices} drafts={drafts} />
        </div>
        {current.view?.highlights && (
          <HighlightsOf
            key={`${id} highlights`}
            {...{ id, library, notices, where }}
            label="Highlights"
            say={setSaid}
            onCount={() => {}}
          />
        )}
      </SidePaper>
    );
  };

  return (
    <>
      <main>{shown()}</main>
      <Toast said={said} onClose={() => setSaid(undefined)} />
      <footer>
        <a class="plain" href="library.html" target="_blank" rel="noopener">
          <Icon name="library" />
          Library
        </a>
        <a class="plain" href="options.html" target="_blank" rel="noopener">
          <Icon name="settings" />
          Settings
        </a>
      </footer>
    </>
  );
}
