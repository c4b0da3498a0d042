export {
  checkRotation,
  rotationAt,
  rotationShifts,
  type Rotation,
  type RotationShift,
} from './rotation';
