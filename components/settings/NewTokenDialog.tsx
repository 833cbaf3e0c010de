'use client';
import { useState } from 'react';
import { useAction } from '@/components/use-action';
import { Button } from '@/components/ui/Button';
import { CodeBlock } from '@/components/ui/Copy';
import { Dialog } from '@/components/ui/Dialog';
import { Select } from '@/components/ui/Select';
import { TextField } from '@/components/ui/TextField';
import { TOKEN_LIFETIMES, tokenName, type NewToken, type TokenView } from '@/lib/shared/token';
import { createToken } from '@/lib/web/token-actions';

const LIFETIMES = TOKEN_LIFETIMES.map((days) => ({
  value: String(days),
  label: days === null ? 'Never' : days === 365 ? 'In a year' : `In ${days} days`,
}));

interface NewTokenDialogProps {
  onMade: (token: TokenView) => void;
  onClose: () => void;
}

/** Asks for a name and a lifetime, then shows the token, once. */
export function NewTokenDialog({ onMade, onClose }: NewTokenDialogProps) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [error, setError] = useState<string | null>(null);
  const [made, setMade] = useState<NewToken | null>(null);
  const { run, isPending } = useAction(createToken, (refusal) => {
    if (refusal.code !== 'invalid_input' && refusal.code !== 'already_exists') return false;
    setError(refusal.message);
    return true;
  });
  const make = async () => {
    const wrong = tokenName.safeParse(name.trim()).error?.issues[0]?.message ?? null;
    setError(wrong);
    if (wrong) return;
    const result = await run({ name: name.trim(), expiresInDays: days === 'null' ? null : Number(days) });
    if (!result?.ok) return;
    const { token: _secret, ...view } = result.value;
    onMade(view);
    setMade(result.value);
  };
  if (made) return <MadeToken token={made} onClose={onClose} />;
  return (
    <Dialog
      title="New token"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isPending={isPending} onPress={() => void make()}>
            Make token
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          help="What it is for, such as “backup script”."
          value={name}
          onChange={(text) => {
            setName(text);
            setError(null);
          }}
          error={error}
          autoFocus
          autoComplete="off"
          onKeyDown={(event) => event.key === 'Enter' && void make()}
        />
        <Select label="Expires" options={LIFETIMES} value={days} onChange={setDays} />
      </div>
    </Dialog>
  );
}

function MadeToken({ token: { name, token }, onClose }: { token: NewToken; onClose: () => void }) {
  return (
    <Dialog
      title={`Token ${name}`}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-pretty">Copy it now: it is not shown again. Keep it as you keep a password.</p>
        <CodeBlock text={token} label="Token" />
      </div>
    </Dialog>
  );
}
