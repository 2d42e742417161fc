// What the digest leaves out and how it is ordered: one line, and the rest of the filters on demand.
import type { RefObject } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { DigestFilters, DigestSettings, DigestSort } from '../library/api';
import { Icon } from './icon';
import { sortWords } from './words';

const sorts = Object.entries(sortWords) as [DigestSort, string][];

interface Props {
  digest: DigestSettings;
  /** How many filters leave something out. */
  active: number;
  /** Those of the list, to choose from. */
  organizations: string[];
  field: RefObject<HTMLInputElement | null>;
  onChange: (part: Partial<DigestSettings>) => void;
  onClear: () => void;
  onSearch: (words: string) => void;
}

function Check(props: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.on}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** A text field, `Search Hugging Face`, `Filters` and `Sort`. */
export function FilterBar(props: Props) {
  const { digest, active, onChange } = props;
  const { filters } = digest;
  const [open, setOpen] = useState(false);
  const id = useId();
  const filter = (part: Partial<DigestFilters>) => onChange({ filters: { ...filters, ...part } });
  const sent = 'Sends these words to huggingface.co';
  // The text has its own place in view; the badge counts what does not.
  const folded = active - (filters.text.trim() ? 1 : 0) + (digest.known === 'hide' ? 1 : 0);
  return (
    <search
      class="filters"
      aria-label="Filters"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !(open || filters.text)) return;
        // The popup itself would close on Escape.
        event.preventDefault();
        event.stopPropagation();
        if (open) setOpen(false);
        else filter({ text: '' });
      }}
    >
      <div class="line">
        <div class="find">
          <Icon name="filter" />
          <input
            ref={props.field}
            type="search"
            aria-label="Filter this list"
            placeholder="Filter this list"
            maxLength={500}
            value={filters.text}
            onInput={({ currentTarget }) => filter({ text: currentTarget.value })}
          />
          <button
            type="button"
            class="square quiet hub"
            title={`Search Hugging Face. ${sent}`}
            aria-describedby={`${id}-sent`}
            disabled={!filters.text.trim()}
            onClick={() => props.onSearch(filters.text)}
          >
            <Icon name="search" />
            <span class="name">Search Hugging Face</span>
          </button>
          <span class="hidden" id={`${id}-sent`}>
            {sent}
          </span>
        </div>
        <button
          type="button"
          class="plain"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          Filters
          {folded > 0 && (
            <>
              <span class="badge" aria-hidden="true">
                {folded}
              </span>
              <span class="hidden">, {folded} on</span>
            </>
          )}
        </button>
        <select
          class="sort"
          aria-label="Sort"
          title="Sort"
          value={digest.sort}
          onChange={({ currentTarget }) => onChange({ sort: currentTarget.value as DigestSort })}
        >
          {sorts.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {open && (
        <fieldset class="more" id={id}>
          <legend class="hidden">More filters</legend>
          <Check label="Has code" on={filters.code} onChange={(code) => filter({ code })} />
          <Check
            label="Has models, datasets or Spaces"
            on={filters.linked}
            onChange={(linked) => filter({ linked })}
          />
          <Check
            label="Unread only"
            on={filters.unread}
            onChange={(unread) => filter({ unread })}
          />
          <label>
            At least
            <input
              class="field votes"
              type="number"
              min="0"
              step="1"
              inputMode="numeric"
              value={filters.upvotes || ''}
              placeholder="0"
              onInput={({ currentTarget }) =>
                filter({ upvotes: Math.max(0, Math.floor(currentTarget.valueAsNumber) || 0) })
              }
            />
            upvotes
          </label>
          <button
            type="button"
            class="link"
            disabled={active === 0 && digest.known === 'show'}
            onClick={props.onClear}
          >
            Reset
          </button>
          <label>
            Papers I saved or read
            <select
              class="field"
              value={digest.known}
              onChange={({ currentTarget }) =>
                onChange({ known: currentTarget.value as DigestSettings['known'] })
              }
            >
              <option value="show">show</option>
              <option value="dim">dim</option>
              <option value="hide">hide</option>
            </select>
          </label>
          <label class="wide">
            Organization
            <input
              class="field"
              list={`${id}-organizations`}
              maxLength={500}
              placeholder="Any"
              value={filters.organization}
              onInput={({ currentTarget }) => filter({ organization: currentTarget.value })}
            />
            <datalist id={`${id}-organizations`}>
              {props.organizations.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </label>
        </fieldset>
      )}
    </search>
  );
}
