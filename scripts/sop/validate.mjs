/** `./portal sop validate FILE…` */
import { runMain } from '../lib/lifecycle.mjs';
import { UsageError } from '../lib/args.mjs';
import { problemsOf, readDocuments } from './documents.mjs';

/** Kinds of the catalog that may stand in the same file. */
const KINDS = ['SOP', 'SOPPolicy'];

function validate(files) {
  if (files.length === 0) {
    throw new UsageError('sop validate: found no file, allowed: FILE…');
  }
  let bad = 0;
  for (const file of files) {
    const documents = readDocuments(file);
    const own = documents.filter(
      one => one.errors.length > 0 || KINDS.includes(one.entity?.kind),
    );
    if (own.length === 0) {
      console.error(
        `${file}: found no procedure, expected a document of kind ${KINDS.join(
          ' or ',
        )}`,
      );
      bad += 1;
    }
    for (const document of own) {
      const problems = problemsOf(document);
      bad += problems.length;
      for (const { line, text } of problems) {
        console.error(`${file}${line ? `:${line}` : ''}: ${text}`);
      }
      if (problems.length === 0) {
        const { kind, metadata } = document.entity;
        console.log(`${file}: ${kind} ${metadata.name} is valid`);
      }
    }
  }
  return bad === 0 ? 0 : 1;
}

runMain(async () => {
  try {
    return validate(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      return 2;
    }
    throw error;
  }
});
