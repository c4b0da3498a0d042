/**
 * The mark: stairs, and the rail that you hold on to. It takes the colour of the
 * text around it; the rail has the colour given, if any.
 */
export const HandrailMark = (props: { size?: number; railColor?: string }) => {
  const { size = 32, railColor = 'currentColor' } = props;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d="M3 29h7v-6h7v-6h7v-6h5"
        stroke="currentColor"
        strokeWidth="2.8"
      />
      <path d="M6.5 24V15.5M20.5 12.5V7.4" stroke={railColor} strokeWidth="2" />
      <path d="M3 17.6 28 2.8" stroke={railColor} strokeWidth="3.2" />
    </svg>
  );
};
