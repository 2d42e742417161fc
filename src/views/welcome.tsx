// The welcome page, opened once at install: what the product does, the one question, topics, and what is contacted.
import { useEffect, useState } from 'preact/hooks';
import type { Choice } from '../library/api';
import { Icon, type IconName } from '../ui/icon';
import { choose } from './choose';
import type { Library } from './reach';
import { Pin } from './welcome-pin';
import { PickTopics } from './welcome-topics';

interface Answer {
  choice: Choice;
  /** The person wished for more than the browser then allowed. */
  refused: boolean;
}

function Point({ icon, head, text }: { icon: IconName; head: string; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        <h2>{head}</h2>
        <p>{text}</p>
      </div>
    </li>
  );
}

function Chosen({ choice, refused }: Answer) {
  return (
    <p>
      {refused && 'You did not allow it when the browser asked. '}
      <strong>
        {choice === 'automatic'
          ? 'Papers are looked up automatically.'
          : 'Papers are looked up only when you ask.'}
      </strong>{' '}
      You can change this at any time in the popup, under Privacy.{' '}
      <a href="popup.html">See today’s papers</a>
    </p>
  );
}

/** The whole page. */
export function Welcome({ library }: { library: Library }) {
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    library.settings().then(
      ({ choice }) => setAnswer((given) => given ?? (choice && { choice, refused: false })),
      () => {},
    );
  }, [library]);

  const give = (wish: Choice) => {
    setFailure(undefined);
    choose(wish, library).then(
      (choice) => setAnswer({ choice, refused: choice !== wish }),
      (cause) =>
        setFailure(cause instanceof Error ? cause.message : 'This could not be stored. Try again.'),
    );
  };
  const button = (wish: Choice, label: string) => (
    <button
      type="button"
      class="answer"
      aria-pressed={answer?.choice === wish}
      onClick={() => give(wish)}
    >
      {label}
    </button>
  );

  return (
    <main>
      <header>
        <img src="/icon/48.png" width="40" height="40" alt="" />
        <h1>Paper Margin</h1>
      </header>
      <p class="lead">
        Upvotes, code, models and your own notes, in the margin of machine-learning papers on arXiv
        and Hugging Face.
      </p>
      <ul class="points">
        <Point
          icon="up"
          head="See if a paper is trending"
          text="Beside an abstract or a paper’s HTML, on arXiv and Hugging Face, a small box shows its upvotes, code, models, datasets and Spaces. On lists of papers each row has a badge, and over a PDF the side panel shows the same."
        />
        <Point
          icon="bookmark"
          head="Save it, note what you think"
          text="One click saves a paper. What you type is stored at every key, and stands there when you come back."
        />
        <Point
          icon="highlight"
          head="Highlight what matters"
          text="Select words of an abstract or of a paper’s HTML. The highlight is there again in later versions, and on the other site."
        />
        <Point
          icon="library"
          head="Today’s papers and your library"
          text="The button in the toolbar lists the Daily Papers of Hugging Face: what is new, what rises, what fits you, by day, week or month. Your library finds what you kept."
        />
      </ul>

      <section class="card" aria-labelledby="question">
        <h2 id="question">May Paper Margin look up each paper that you open?</h2>
        <p>
          Trending papers are recognized from lists that are downloaded whole, without telling
          anyone what you read. For other papers, the paper’s id, such as 1810.04805, is sent to
          huggingface.co, and nothing else is.
        </p>
        <div class="answers">
          {button('automatic', 'Look up automatically')}
          {button('ask', 'Only when I ask')}
        </div>
        <div class="chosen" role="status">
          {failure && <p class="warn">{failure}</p>}
          {answer ? (
            <Chosen {...answer} />
          ) : (
            <p class="muted">Until you answer, papers are looked up only when you ask.</p>
          )}
        </div>
      </section>

      <PickTopics library={library} />
      <Pin />

      <section aria-labelledby="contacts">
        <h2 id="contacts">What it contacts</h2>
        <dl>
          <div>
            <dt>huggingface.co, lists</dt>
            <dd>
              Whole lists of Daily Papers, of days, weeks and months, are downloaded and stored in
              this browser. That says nothing about what you read.
            </dd>
          </div>
          <div>
            <dt>huggingface.co, one paper</dt>
            <dd>
              The id of a paper that you open, only if you chose “Look up automatically”. Otherwise
              only when you press Look up, or save or import a paper whose title is not known.
            </dd>
          </div>
          <div>
            <dt>huggingface.co, search</dt>
            <dd>
              The words that you search for, only when you ask for a search on Hugging Face. Your
              library and the stored lists are searched in this browser.
            </dd>
          </div>
          <div>
            <dt>export.arxiv.org</dt>
            <dd>
              The id of a paper that you save or import, when its title and authors are known
              nowhere else.
            </dd>
          </div>
        </dl>
        <p class="never">
          Your notes, your library and your topics never leave this browser, unless you export, copy
          or mail something yourself. What is new and what fits you is worked out here too. There is
          no account, and nobody is told how you use it.
        </p>
      </section>
    </main>
  );
}
