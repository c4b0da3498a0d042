export function EntityProcedures() {
  return <div />;
}
