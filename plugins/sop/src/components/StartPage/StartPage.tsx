export function StartPage() {
  return <div />;
}
