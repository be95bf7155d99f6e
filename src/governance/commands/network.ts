import type { CommandRule, Raise } from './command-rule.ts';
import { beyond, look, lose } from './rule.ts';

const sends: Raise = {
  options:
    '-d --data --data-binary --data-raw --data-urlencode --data-ascii --json -F --form --form-string -T --upload-file --post-data --post-file --body-data --body-file',
  to: 'beyond',
  why: 'sends data away, which cannot be taken back',
};

/** Programs that leave this machine. What has left cannot be taken back, and a name alone can carry a secret. */
export const network: readonly CommandRule[] = [
  beyond('curl curlie', 'leaves this machine', {
    raise: [
      sends,
      {
        words: /^(-X|--request=?)?(DELETE|PUT|PATCH|POST)$/,
        to: 'beyond',
        why: 'changes or deletes something on a server',
      },
      { words: /^file:/i, to: 'beyond', why: 'reads a file of this machine' },
      {
        words: /^https?:\/\/(169\.254\.|metadata\.|\[?fd00:ec2)/i,
        to: 'beyond',
        why: 'asks the cloud for its credentials',
      },
      {
        options:
          '-o -O --output --remote-name -J --output-dir -c --cookie-jar -D --dump-header --trace',
        to: 'beyond',
        why: 'writes what it is sent',
      },
      {
        options: '-K --config --proxy -x --engine --unix-socket --netrc-file',
        to: 'beyond',
        why: 'takes orders from elsewhere',
      },
    ],
    match: ['curl https://x', 'curl -d @a https://x', 'curl -X DELETE x', 'curl -K a'],
    notMatch: ['curl --version'],
  }),
  beyond(
    'wget wget2 aria2c axel http https xh httpie lynx links links2 elinks w3m fetch youtube-dl yt-dlp gallery-dl lftp ftp tftp ncftp',
    'leaves this machine',
    {
      raise: [
        sends,
        {
          options: '--use-askpass --execute -e --post-file --config',
          to: 'beyond',
          why: 'runs a program or takes orders from elsewhere',
        },
      ],
      match: ['wget x', 'wget -O a x', 'wget --use-askpass=a x', 'http POST x a=b'],
      notMatch: ['wget --version'],
    },
  ),
  beyond('ssh mosh autossh sshpass slogin rsh rlogin telnet', 'runs commands on another machine', {
    match: ['ssh h', 'ssh h rm -rf a', 'ssh -o ProxyCommand=id h'],
    notMatch: ['ssh --help'],
  }),
  beyond(
    'scp sftp rcp pscp psftp sshfs croc wormhole magic-wormhole transfer unison syncthing csync2',
    'copies to or from another machine',
    {
      match: ['scp a h:', 'scp -S x a h:', 'sftp h'],
      notMatch: ['scp --help'],
    },
  ),
  lose('rsync', 'copies, and may overwrite or delete', {
    raise: [
      {
        options: '-e --rsh --rsync-path --copy-as --early-input --daemon --config',
        to: 'beyond',
        why: 'runs another program',
      },
      { words: /^[^-/.][^/]*:|^rsync:/, to: 'beyond', why: 'copies to or from another machine' },
      {
        options: '--password-file --files-from --temp-dir',
        to: 'lose',
        why: 'takes names from a file',
      },
    ],
    match: ['rsync -a a/ b/', 'rsync -a --delete a/ b/'],
    notMatch: ['rsync -e sh a h:', 'rsync a h:b', 'rsync -a a rsync://h/b', 'rsync -a a/ /etc/'],
  }),
  beyond(
    'nc ncat netcat socat cryptcat pwncat chisel ngrok cloudflared localtunnel lt frpc frps bore tailscale zerotier-cli wg wg-quick openvpn tor torsocks proxychains proxychains4 sshuttle stunnel iodine dnscat',
    'opens connections',
    {
      match: ['nc h 1', 'socat - TCP:h:1', 'chisel client x'],
      notMatch: ['nc --help'],
    },
  ),
  beyond(
    'dig nslookup host drill kdig delv dog resolvectl systemd-resolve whois ping ping6 fping hping3 arping traceroute traceroute6 tracepath mtr',
    'asks over the network, and a name can carry a secret',
    {
      match: ['dig x', 'ping -c 1 h', 'whois x'],
      notMatch: ['dig --help'],
    },
  ),
  beyond(
    'nmap masscan zmap rustscan nikto sqlmap hydra medusa john hashcat msfconsole msfvenom aircrack-ng ettercap bettercap responder gobuster ffuf wfuzz feroxbuster nuclei xmrig minerd cpuminer cgminer',
    'probes or attacks other machines, or spends this one',
    {
      match: ['nmap x', 'xmrig'],
      notMatch: ['nmap --version'],
    },
  ),
  beyond(
    'tcpdump tshark wireshark dumpcap ngrep iftop nethogs ssldump mitmproxy mitmdump mitmweb',
    'listens to what others send',
    {
      match: ['tcpdump -i eth0'],
      notMatch: ['tcpdump --version'],
    },
  ),
  beyond(
    'mail mailx mutt neomutt sendmail msmtp swaks sendemail wall write talk notify-send telegram-send slackcat signal-cli',
    'writes to somebody',
    {
      match: ['mail -s x a@b', 'wall x'],
      notMatch: ['mail --help'],
    },
  ),
  look(
    'netstat ss ip ifconfig route arp iwconfig nmcli iw ethtool brctl bridge ipcs',
    'shows connections',
    {
      raise: [
        {
          options: '-K --kill -b -batch --batch -s -d -f --delete --set',
          to: 'beyond',
          why: 'changes or ends connections',
        },
        {
          words:
            /^(add|del|delete|set|change|replace|flush|up|down|append|exec|save|restore|connect|disconnect|modify|netns|edit|import|hotspot)$/,
          to: 'beyond',
          why: 'changes or ends connections',
        },
      ],
      longShorts: true,
      match: ['netstat -tulpn', 'ss -tln', 'ip addr show', 'ifconfig'],
      notMatch: [
        'ip link set eth0 down',
        'ss -K',
        'ip route add x',
        'ifconfig eth0 down',
        'ip netns exec x id',
      ],
    },
  ),
  beyond(
    'openssl gpg gpg2 gpgsm age sops ssh-keygen ssh-keyscan ssh-add ssh-copy-id certbot acme.sh step mkcert keytool certutil security cosign minisign signify pass gopass kinit klist kadmin secret-tool keyctl',
    'works with keys, or grants trust by them',
    {
      subs: [
        look(
          'version ciphers rand dgst sha256 sha1 md5 asn1parse prime',
          'only works something out',
          {
            raise: [
              {
                options: '-out -sign -signature -verify -prverify -hmac -key',
                to: 'beyond',
                why: 'writes, signs or reads keys',
              },
              {
                options: '-engine -provider -provider-path -config -propquery -rand -writerand',
                to: 'beyond',
                why: 'loads code or settings from elsewhere',
              },
            ],
            longShorts: true,
            match: ['openssl rand -hex 8', 'openssl dgst -sha256 a', 'openssl version'],
            notMatch: [
              'openssl rand -out a 8',
              'openssl dgst -engine x a',
              'openssl dgst -sign k a',
            ],
          },
        ),
      ],
      match: ['openssl s_client x', 'gpg -d a', 'ssh-keygen', 'openssl enc -in a'],
      notMatch: ['openssl version'],
    },
  ),
];
