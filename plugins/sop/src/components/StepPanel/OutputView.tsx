import { CodeBlock } from '@handrail/plugin-sop-react';
import Typography from '@mui/material/Typography';

/** What an action says in words, where it does: its `sentence`. */
function sentenceOf(output: unknown): string | undefined {
  const { sentence } = (output ?? {}) as { sentence?: unknown };
  return typeof sentence === 'string' && sentence !== '' ? sentence : undefined;
}

/** What an action answered: its sentence first, then all of it. */
export function OutputView(props: { output: unknown; label: string }) {
  const { output, label } = props;
  const sentence = sentenceOf(output);
  return (
    <>
      {sentence && <Typography sx={{ mt: 0.5 }}>{sentence}</Typography>}
      <CodeBlock
        label={label}
        text={
          typeof output === 'string' ? output : JSON.stringify(output, null, 2)
        }
      />
    </>
  );
}
