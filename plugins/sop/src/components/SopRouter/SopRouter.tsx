export function SopRouter() {
  return <div />;
}
