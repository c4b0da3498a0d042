import { SopStep } from '../model/types';
import { Standing } from './steps';

/** Steps that wait for people. */
export function isDoneByPeople(
  step: SopStep,
): step is Extract<SopStep, { role: string }> {
  return 'role' in step;
}

/** Why a step cannot have been done yet. */
export function explainStanding(id: string, standing: Standing): string {
  switch (standing) {
    case 'self':
      return `cyclic: step "${id}" refers to itself`;
    case 'around':
      return `cyclic: step "${id}" contains this step and is not done before it`;
    case 'inside':
      return `later: step "${id}" is inside this step and not done before it`;
    case 'other-branch':
      return `step "${id}" is in another branch, which may not be done by then`;
    case 'for-each':
      return `step "${id}" is done for each item; refer to them as steps.<id of the forEach step>.items`;
    case 'other-case':
      return `step "${id}" is in another case, of which only one is done`;
    default:
      return `later: step "${id}" is done after this step`;
  }
}
