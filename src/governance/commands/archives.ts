import type { CommandRule, Raise } from './command-rule.ts';
import { beyond, loads, look, lose, runs } from './rule.ts';

const links: Raise = {
  options: '-P --absolute-names',
  to: 'beyond',
  why: 'may write anywhere, not only below this folder',
};

/** Programs that pack and unpack. What lies in an archive may replace files. */
export const archives: readonly CommandRule[] = [
  lose('tar gtar bsdtar', 'writes an archive or unpacks one', {
    bundled: true,
    raise: [
      runs(
        '--to-command --checkpoint-action --use-compress-program -I --rsh-command --rmt-command',
      ),
      runs('--info-script --new-volume-script -F'),
      links,
      { words: /^[^-/.][^/]*:/, to: 'beyond', why: 'reaches another machine' },
    ],
    match: [
      'tar -cf a.tar src',
      'tar xf a.tar',
      'tar -tzf a.tgz',
      'tar czvf a.tgz src',
      'tar --delete -f a x',
    ],
    notMatch: [
      'tar -xf a.tar --to-command=sh',
      'tar cf a.tar src --checkpoint-action exec=sh',
      'tar -cIsh a.tar .',
      'tar cIf sh a.tar .',
      'tar --use-comp=sh -xf a.tar',
      'tar xfC a.tar /',
      'tar -xf a.tar -C/',
      'tar -xPf a.tar',
      'tar -cf host:/a .',
    ],
  }),
  lose('zip', 'writes an archive', {
    raise: [runs('-TT --unzip-command -T --test')],
    match: ['zip -r a.zip src', 'zip -m a.zip b'],
    notMatch: ['zip a.zip b -T -TT sh', 'zip /etc/a.zip b'],
  }),
  look('zipinfo zipnote zipgrep lsar lzmainfo', 'reads an archive', {
    match: ['zipinfo a.zip'],
    notMatch: [],
  }),
  lose('unzip unar funzip zipsplit zipmerge zipcloak', 'unpacks an archive', {
    raise: [{ options: '-:', to: 'beyond', why: 'may write anywhere, not only below this folder' }],
    match: ['unzip a.zip', 'unzip -o a.zip -d b'],
    notMatch: ['unzip -: a.zip', 'unzip a.zip -d /'],
  }),
  lose(
    'gzip gunzip pigz unpigz bzip2 bunzip2 pbzip2 lbzip2 xz unxz lzma unlzma lz4 unlz4 lzop lzip plzip zstd unzstd pzstd brotli compress uncompress snzip zopfli advzip',
    'replaces files by packed or unpacked ones',
    {
      match: ['gzip a', 'gzip -dc a.gz', 'xz -9 a', 'zstd -d a.zst'],
      notMatch: ['gzip /etc/x', 'gunzip ../a.gz'],
    },
  ),
  lose(
    '7z 7za 7zr 7zz p7zip rar unrar arj lha zoo ace jar ar ranlib cabextract makeself shar unshar',
    'packs or unpacks',
    {
      raise: [
        { options: '-spf', to: 'beyond', why: 'may write anywhere, not only below this folder' },
      ],
      match: ['7z x a.7z', 'unrar x a.rar', 'jar tf a.jar'],
      notMatch: ['7z x a.7z -o/etc', '7z -spf x a.7z'],
    },
  ),
  lose('cpio pax', 'packs or unpacks', {
    raise: [
      runs('--rsh-command'),
      {
        options: '--absolute-filenames',
        to: 'beyond',
        why: 'may write anywhere, not only below this folder',
      },
      { words: /^(-F|-O|-I|--file=)?[^-/.][^/]*:/, to: 'beyond', why: 'reaches another machine' },
    ],
    match: ['cpio -o', 'cpio -idmv'],
    notMatch: ['cpio -o --rsh-command=sh', 'cpio -pd /etc', 'cpio -i --absolute-filenames'],
  }),
  lose('mksquashfs unsquashfs genisoimage mkisofs xorriso hdiutil', 'packs or unpacks a disk', {
    raise: [loads('-pf -options_from_file')],
    match: ['mksquashfs a b'],
    notMatch: ['mksquashfs a /dev/sda'],
  }),
  beyond('dump restore amanda bacula duplicity', 'works on whole disks or other machines', {
    match: ['dump -0 /'],
    notMatch: ['dump --version'],
  }),
];
