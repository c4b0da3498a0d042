export function EntityRuns() {
  return <div />;
}
