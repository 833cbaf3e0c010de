import { describe, expect, it } from 'vitest';
import { folderName, folderPath, foldersByPath, folderTree, whyNotInto, type FolderView } from './organise';

const FOLDERS: FolderView[] = [
  { id: 'c', name: 'Web', parentId: 'a' },
  { id: 'a', name: 'Zoo 10', parentId: null },
  { id: 'b', name: 'Zoo 9', parentId: null },
  { id: 'd', name: 'Deep', parentId: 'c' },
];

describe('folders', () => {
  it('have paths', () => {
    expect(folderPath(FOLDERS, 'd')).toBe('Zoo 10/Web/Deep');
    expect(folderPath(FOLDERS, null)).toBe('');
    expect(folderPath(FOLDERS, 'gone')).toBe('');
    expect(foldersByPath(FOLDERS).map(({ path }) => path)).toEqual([
      'Zoo 9',
      'Zoo 10',
      'Zoo 10/Web',
      'Zoo 10/Web/Deep',
    ]);
  });

  it('hold others, however deep', () => expect([...folderTree(FOLDERS, 'a')].sort()).toEqual(['a', 'c', 'd']));

  it('end at a cycle that should not be there', () => {
    const cycle = [
      { id: 'x', name: 'x', parentId: 'y' },
      { id: 'y', name: 'y', parentId: 'x' },
    ];
    expect(folderPath(cycle, 'x')).toBe('y/x');
    expect(folderTree(cycle, 'x').size).toBe(2);
  });

  it('go anywhere but into themselves', () => {
    expect(whyNotInto(FOLDERS, 'a', 'd')).toMatch('in itself');
    expect(whyNotInto(FOLDERS, 'd', 'b')).toBeNull();
    expect(whyNotInto(FOLDERS, 'a', null)).toBeNull();
  });

  it.each(['a/b', 'a,b', '', ' ', '.a', '"a"', 'a\n'.repeat(2), 'a'.repeat(64)])('are not named %j', (name) =>
    expect(folderName.safeParse(name).success).toBe(false),
  );
});
