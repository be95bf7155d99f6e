import { powershell as quoted } from './quote.ts';
import type { Place, Word } from './words.ts';

/** For PowerShell 5 and newer, with what each word is for. Where nothing is known, it completes files. */
export const powershell = (places: readonly Place[]): string => `# atom completion powershell
Register-ArgumentCompleter -Native -CommandName atom -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${places.map(at).join('\n')}
  }
  $root = $places['']
  $here = $root
  $place = ''
  $option = ''
  $profileName = ''
  $taken = 0
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '' -and $typed.Count -gt 0) { $typed = @($typed | Select-Object -SkipLast 1) }
  foreach ($word in $typed) {
    $next = ("$place $word").Trim()
    if ($option -ne '') {
      if ($option -eq '-p' -or $option -eq '--profile') { $profileName = $word }
      $option = ''
    } elseif ($word -eq '--') { return }
    elseif ($word.StartsWith('-')) {
      if ($here.values.ContainsKey($word) -or $root.values.ContainsKey($word)) { $option = $word }
    } elseif ($places.ContainsKey($next)) { $place = $next; $here = $places[$place]; $taken = 0 }
    else { $taken++ }
  }
  $found = @()
  if ($option -ne '') {
    $found = if ($here.values.ContainsKey($option)) { $here.values[$option] } else { $root.values[$option] }
  } elseif ($wordToComplete.StartsWith('-')) {
    $found = $here.options
    if ($place -ne '') { $found += $root.options }
  } elseif ($here.commands.Count -gt 0) { $found = $here.commands }
  elseif ($taken -lt $here.args.Count) { $found = $here.args[$taken] }
  $found = @(foreach ($one in $found) {
    if ($one[0].StartsWith('@')) {
      $of = if ($profileName -ne '') { @('-p', $profileName) } else { @() }
      foreach ($name in (& atom completion-values $one[0].Substring(1) @of 2>$null)) { ,@($name, $name) }
    } else { ,$one }
  })
  foreach ($one in $found) {
    if ($one[0].StartsWith($wordToComplete)) {
      [System.Management.Automation.CompletionResult]::new($one[0], $one[0], 'ParameterValue', $one[1])
    }
  }
}
`;

const at = ({ path, commands, options, values, args }: Place): string =>
  `    ${quoted(path)} = @{ ${[
    `commands = ${listed(commands)}`,
    `options = ${listed(options)}`,
    `values = @{ ${Object.entries(values)
      .map(([name, words]) => `${quoted(name)} = ${listed(words.map(plain))}`)
      .join('; ')} }`,
    `args = @(${args.map((words) => `,${listed(words.map(plain))}`).join('; ')})`,
  ].join('; ')} }`;

const plain = (word: string): Word => ({ word, says: '' });

/** The comma before each keeps a list of one pair a list. */
const listed = (words: readonly Word[]): string =>
  `@(${words
    .map(({ word, says }) => `,@(${quoted(word)}, ${quoted(says === '' ? word : says)})`)
    .join('; ')})`;
