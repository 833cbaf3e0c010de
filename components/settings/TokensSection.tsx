'use client';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '@/components/use-action';
import { Button, IconButton } from '@/components/ui/Button';
import { useConfirm } from '@/components/ui/Confirm';
import { Code } from '@/components/ui/Copy';
import { Link } from '@/components/ui/Link';
import { Time } from '@/components/ui/Time';
import { PATHS } from '@/lib/shared/paths';
import type { TokenView } from '@/lib/shared/token';
import { revokeToken } from '@/lib/web/token-actions';
import { NewTokenDialog } from './NewTokenDialog';

/** Keys for scripts: what there is, a new one, an end to one. */
export function TokensSection({ initialTokens }: { initialTokens: readonly TokenView[] }) {
  const [tokens, setTokens] = useState(initialTokens);
  const [isMaking, setMaking] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-pretty text-muted">
        A token lets a script do all that you can, without your password. It is sent as{' '}
        <Code>Authorization: Bearer …</Code>; see what there is to ask in the{' '}
        <Link href={PATHS.apiDocs}>description of the interface</Link>.
      </p>
      <ul aria-label="API tokens" className="divide-y border-y empty:hidden">
        {tokens.map((token) => (
          <TokenRow
            key={token.id}
            token={token}
            onRevoked={() => setTokens((list) => list.filter(({ id }) => id !== token.id))}
          />
        ))}
      </ul>
      <div>
        <Button icon={<KeyRound aria-hidden className="size-4" />} onPress={() => setMaking(true)}>
          New token
        </Button>
      </div>
      {isMaking && (
        <NewTokenDialog onMade={(token) => setTokens((list) => [token, ...list])} onClose={() => setMaking(false)} />
      )}
    </div>
  );
}

function TokenRow({ token, onRevoked }: { token: TokenView; onRevoked: () => void }) {
  const confirm = useConfirm();
  const { run, isPending } = useAction(revokeToken);
  const revoke = async () => {
    const question = {
      title: `Revoke the token ${token.name}?`,
      text: 'Scripts that use it are refused from now on, and what they hold open closes.',
      confirmLabel: 'Revoke',
      isDanger: true,
    };
    if ((await confirm(question)) && (await run(token.id))?.ok) onRevoked();
  };
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <div className="min-w-0">
        <p className="truncate font-medium">{token.name}</p>
        <p className="text-sm text-muted">
          <Code>{token.hint}…</Code> · <Expiry token={token} /> ·{' '}
          {token.lastUsedAt ? (
            <>
              last used <Time at={token.lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </p>
      </div>
      <IconButton
        size="sm"
        label={`Revoke ${token.name}`}
        icon={<Trash2 aria-hidden className="size-4" />}
        isPending={isPending}
        onPress={() => void revoke()}
      />
    </li>
  );
}

function Expiry({ token: { expiresAt, isExpired } }: { token: TokenView }) {
  if (expiresAt === null) return 'never expires';
  return (
    <span className={isExpired ? 'text-attention' : undefined}>
      {isExpired ? 'expired on ' : 'expires on '}
      {expiresAt.slice(0, 10)}
    </span>
  );
}
