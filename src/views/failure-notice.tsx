// Why a view has nothing to show, what to do, and where the storage failed, the way to the recovery page.
import { Notice } from '../ui/controls';
import type { Failed } from './sentence';

/** One notice. */
export function FailureNotice({ failure, onRetry }: { failure: Failed; onRetry: () => void }) {
  return (
    <Notice tone="warn" action="Try again" onAction={onRetry}>
      {failure.text}
      {failure.storage && (
        <>
          {' '}
          <RecoveryLink />
        </>
      )}
    </Notice>
  );
}

/** To the recovery page, in a tab of its own. */
export function RecoveryLink() {
  return (
    <a class="text-link" href="recovery.html" target="_blank" rel="noopener">
      Open the recovery page
    </a>
  );
}
