/** The portal's mark: a cord from a beam, and the bob that shows what is upright. */
export function PlumbLine({ className }: { className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 28 44"
      fill="none"
      aria-hidden="true"
    >
      <path
        d="M4 3h20"
        stroke="currentColor"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path d="M14 3v19" stroke="currentColor" strokeWidth="1.5" />
      <path d="M11.5 20h5v3h-5z" fill="currentColor" />
      <path d="M7 24h14l-1.5 8L14 42l-5.5-10z" fill="currentColor" />
    </svg>
  );
}
