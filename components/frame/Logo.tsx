/** Skep's mark: a straw hive. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className ?? 'size-6'}>
      <g className="fill-accent">
        <rect x="8.5" y="2" width="7" height="4.2" rx="2.1" />
        <rect x="5.5" y="7" width="13" height="4.2" rx="2.1" />
        <rect x="3.5" y="12" width="17" height="4.2" rx="2.1" />
        <path d="M4.1 17h15.8a2.1 2.1 0 0 1 2.1 2.1v.8a2.1 2.1 0 0 1-2.1 2.1H15v-1.2a3 3 0 0 0-6 0V22H4.1A2.1 2.1 0 0 1 2 19.9v-.8A2.1 2.1 0 0 1 4.1 17z" />
      </g>
    </svg>
  );
}
