// The paper of the open tab in the popup: what can be done with it, its note, and what keeps its page from a panel.
import { useState } from 'preact/hooks';
import type { PaperId } from '../paper';
import { Notice, type Said } from '../ui/controls';
import { CurrentPaper } from '../ui/current-paper';
import { type Current, paperOf, refOf } from './current';
import { NoteOf } from './note';
import { downloadPdf } from './pdf';
import type { Drafts, Library, Notices } from './reach';
import type { useReading } from './reading';
import type { useSaving } from './saving';
import { sentence } from './sentence';

/** `withheld`: the browser withholds our hosts, which is said elsewhere and explains an absent panel. */
export function TabPaper({
  current,
  library,
  notices,
  drafts,
  saving,
  reading,
  withheld,
  lookUp,
  mend,
  onSidePanel,
  say,
}: {
  current: Current;
  library: Library;
  notices: Notices;
  drafts: Drafts;
  saving: ReturnType<typeof useSaving>;
  reading: ReturnType<typeof useReading>;
  withheld: boolean;
  lookUp: () => Promise<void>;
  mend: () => Promise<void>;
  onSidePanel: () => void;
  say: (said: Said) => void;
}) {
  const [noteOf, setNoteOf] = useState<PaperId>();
  const { tab, view, panel } = current;
  const { id, kind } = tab.page;
  const saved = saving.isSaved(id, view?.saved ?? false);
  const noteOpen = noteOf === id;
  const note = () => {
    setNoteOf(noteOpen ? undefined : id);
    if (!noteOpen)
      void library.beginNote(paperOf(current)).catch((cause) => say({ text: sentence(cause) }));
  };
  return (
    <CurrentPaper
      id={id}
      view={view && { ...view, saved, reading: reading.of(view.id, view.reading) }}
      title={tab.title}
      noteOpen={noteOpen}
      fullText={kind === 'pdf' || kind === 'html'}
      onReading={(chosen) => reading.set(paperOf(current), chosen)}
      onDownload={() => void downloadPdf(refOf(current))}
      onSidePanel={onSidePanel}
      onSave={() => saving.toggle(paperOf(current), saved)}
      onNote={note}
      onLookUp={() => void lookUp().catch((cause) => say({ text: sentence(cause) }))}
    >
      {noteOpen && (
        <NoteOf key={id} id={id} writing library={library} notices={notices} drafts={drafts} />
      )}
      {panel === 'absent' && !withheld && (
        <Notice action="Show it here" onAction={() => void mend()}>
          This page was open before Paper Margin was installed or updated, so it has no panel.
        </Notice>
      )}
      {panel === 'stuck' && (
        <Notice>The browser does not allow it on this page. Reload the page.</Notice>
      )}
    </CurrentPaper>
  );
}
