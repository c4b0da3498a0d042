import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useErrorMessage, useExportRun } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { sopTranslationRef } from '../../translation';

function save(blob: Blob, filename: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}

/** Downloads a run with everything needed to verify it without the portal. */
export function ExportButton(props: { runId: string }) {
  const { runId } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const message = useErrorMessage();
  const bundle = useExportRun(runId);
  return (
    <>
      <Button
        variant="outlined"
        aria-busy={bundle.isPending || undefined}
        onClick={() => {
          if (!bundle.isPending) {
            bundle.mutate(undefined, {
              onSuccess: blob => save(blob, `run-${runId}.zip`),
            });
          }
        }}
      >
        {bundle.isPending ? t('journal.exporting') : t('journal.export')}
      </Button>
      {bundle.error && (
        <Alert severity="warning" sx={{ flex: '1 0 100%' }}>
          {message(bundle.error)}
        </Alert>
      )}
    </>
  );
}
