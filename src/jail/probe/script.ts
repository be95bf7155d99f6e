/** What the probe tries from inside its jail. All paths are ours and hold no quote. */
export interface ProbeTargets {
  /** A readable file outside the jail. */
  readonly canary: string;
  /** A path outside the jail that does not exist. */
  readonly outside: string;
  /** A listening port of the host. */
  readonly port: number;
}

/**
 * A shell script that tries to break out and prints one `name=value` line for each attempt. It does
 * no harm where the jail does not hold: it creates one file, and opens one kernel setting unwritten.
 */
export const probeScript = ({ canary, outside, port }: ProbeTargets): string => `
exec 2>&1
echo "canary=$(cat '${canary}' /proc/1/root'${canary}')"
(echo x > '${outside}') || true
if [ -x /bin/bash ]; then /bin/bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}' && echo connected=yes
elif command -v nc; then nc -w 1 127.0.0.1 ${port} </dev/null && echo connected=yes
fi
while read -r name value rest; do
  case $name in Cap???:|NoNewPrivs:|Seccomp:) echo "status.$name=$value";; esac
done < /proc/self/status
for ns in user pid net ipc uts mnt; do echo "ns.$ns=$(readlink /proc/self/ns/$ns)"; done
unshare -U true && echo nested=yes
(: >> /proc/sys/kernel/core_pattern) && echo sysctl=open
echo finished=yes
`;

/** The \`name=value\` lines of the script's output. */
export const probeLines = (stdout: string): ReadonlyMap<string, string> =>
  new Map(
    [...stdout.matchAll(/^([\w.:]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name.replace(':', ''),
      value,
    ]),
  );
