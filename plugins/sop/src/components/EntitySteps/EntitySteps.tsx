export function EntitySteps() {
  return <div />;
}
