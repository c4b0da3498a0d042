export { EntityProcedures } from './EntityProcedures';
