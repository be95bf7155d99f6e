import { powershell as quoted } from './quote.ts';
import type { Place, Word } from './words.ts';

/** For PowerShell 5 and newer, with what each word is for. */
export const powershell = (places: readonly Place[]): string => `# atom completion powershell
Register-ArgumentCompleter -Native -CommandName atom -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${places.map(at).join('\n')}
  }
  $place = ''
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '' -and $typed.Count -gt 0) { $typed = @($typed | Select-Object -SkipLast 1) }
  foreach ($word in $typed) {
    $next = ("$place $word").Trim()
    if ($places.ContainsKey($next)) { $place = $next }
  }
  $kind = if ($wordToComplete.StartsWith('-')) { 'options' } else { 'commands' }
  $found = $places[$place][$kind]
  if ($kind -eq 'options' -and $place -ne '') { $found += $places['']['options'] }
  foreach ($one in $found) {
    if ($one[0].StartsWith($wordToComplete)) {
      [System.Management.Automation.CompletionResult]::new($one[0], $one[0], 'ParameterValue', $one[1])
    }
  }
}
`;

const at = ({ path, commands, options }: Place): string =>
  `    ${quoted(path)} = @{ commands = @(${listed(commands)}); options = @(${listed(options)}) }`;

/** The comma before each keeps a list of one pair a list. */
const listed = (words: readonly Word[]): string =>
  words
    .map(({ word, says }) => `,@(${quoted(word)}, ${quoted(says === '' ? word : says)})`)
    .join('; ');
