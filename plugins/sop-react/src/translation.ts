import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Texts of the shared SOP components. @public */
export const sopReactTranslationRef = createTranslationRef({
  id: 'sop-react',
  messages: {
    status: {
      running: 'Running',
      held: 'On hold',
      compensating: 'Rolling back',
      completed: 'Completed',
      failed: 'Failed',
      cancelled: 'Cancelled',
      compensated: 'Rolled back',
      pending: 'Not reached',
      blocked: 'Blocked',
      ready: 'Waiting',
      reserved: 'Claimed',
      due: 'Due',
      waiting: 'Waiting',
      started: 'Started',
      missed: 'Missed',
      'in-doubt': 'In doubt',
      skipped: 'Skipped',
      approve: 'Approved',
      reject: 'Rejected',
      draft: 'Draft',
      'in-review': 'In review',
      approved: 'Signed, not in force yet',
      effective: 'Effective',
      superseded: 'Superseded',
      retired: 'Retired',
      healthy: 'Healthy',
      caution: 'Caution',
      exhausted: 'Exhausted',
      'no-data': 'No data',
      unknown: 'Not known',
    },
    rehearsal: {
      word: 'Rehearsal',
      title:
        'The revision was not in force when this began. It counts nowhere, and automation with effects is left out.',
    },
    time: {
      now: 'just now',
      past: '{{duration}} ago',
      future: 'in {{duration}}',
      overdue: '{{duration}} overdue',
      left: '{{duration}} left',
    },
    states: {
      errorTitle: 'This could not be loaded',
      retry: 'Try again',
      loading: 'Loading',
      notPermittedTitle: 'You may not see this',
      notPermitted:
        'Your account lacks the permission for it. Ask the owners of the portal to grant it to one of your groups.',
      notFoundTitle: 'Not found',
      offline: 'The portal cannot be reached. Check your connection.',
      tooLarge:
        'What you sent is too large. Shorten it or leave a link to it, then try again.',
    },
    markdown: {
      copy: 'Copy',
      copied: 'Copied',
      code: 'Code',
    },
    progress: {
      label: '{{done}} of {{total}}',
      aria: 'Progress of the run: {{done}} of {{total}} steps are over',
    },
    picker: {
      searching: 'Searching',
      noMatch: 'Nothing matches',
      failed: 'The catalog could not be searched: {{message}}',
      clear: 'Clear',
    },
    list: { loadMore: 'Load more' },
  },
});
