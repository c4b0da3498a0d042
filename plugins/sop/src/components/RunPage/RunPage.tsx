export function RunPage() {
  return <div />;
}
