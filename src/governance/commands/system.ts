import type { CommandRule } from './command-rule.ts';
import { beyond, loads, look } from './rule.ts';

/** What runs, starts, owns and secures the machine itself. */
export const system: readonly CommandRule[] = [
  beyond(
    'systemctl service rc-service rc-update initctl launchctl sc net supervisorctl pm2 forever monit svc sv s6-svc runit openrc chkconfig update-rc.d schtasks',
    'starts, stops or keeps services',
    {
      subs: [
        look(
          'status is-active is-enabled is-failed list-units list-unit-files list-timers list-sockets list-dependencies show cat get-default help list blame',
          'shows services',
          {
            raise: [
              {
                options: '-H --host -M --machine --root --image',
                to: 'beyond',
                why: 'works on another machine',
              },
              {
                words: /^(start|stop|restart|reload|enable|disable|mask)$/,
                to: 'beyond',
                why: 'starts or stops a service',
              },
            ],
            match: ['systemctl status x', 'systemctl list-units', 'launchctl list'],
            notMatch: ['systemctl status -H x y', 'systemctl status --host=x'],
          },
        ),
      ],
      leading: {
        flags: '--user --no-pager --system --plain --no-legend -q -l -a --all --full',
        valued: '-t -n -o --type --state --lines',
      },
      match: ['systemctl stop x', 'systemctl enable --now x', 'service x restart', 'systemctl'],
      notMatch: ['systemctl status x', 'systemctl --user status x'],
    },
  ),
  look('journalctl dmesg ausearch aureport', 'shows the log', {
    raise: [
      {
        options:
          '--vacuum-size --vacuum-time --vacuum-files --rotate --flush --sync --relinquish-var --update-catalog --setup-keys -c -C --clear --read-clear -n -D -E --console-level --console-off --console-on',
        to: 'beyond',
        why: 'changes the log',
      },
    ],
    match: ['journalctl -u x', 'dmesg', 'journalctl --no-pager'],
    notMatch: ['journalctl --vacuum-time=1s', 'dmesg -C'],
  }),
  beyond(
    'kill killall pkill xkill skill taskkill Stop-Process renice killall5 snice slay',
    'ends or slows programs of others',
    {
      match: ['kill -9 1', 'pkill x', 'killall -9 x', 'kill -9 -1'],
      notMatch: ['kill --help'],
    },
  ),
  beyond(
    'reboot shutdown halt poweroff init telinit pm-suspend pm-hibernate rtcwake hibernate systemd-inhibit wakeonlan kexec',
    'stops the machine',
    {
      match: ['reboot', 'shutdown -h now', 'init 0'],
      notMatch: ['reboot --help'],
    },
  ),
  beyond(
    'mkfs mke2fs mkswap mkfs.ext4 fdisk sfdisk cfdisk gdisk sgdisk parted gparted partprobe wipefs blkdiscard hdparm sdparm nvme badblocks fsck e2fsck tune2fs resize2fs debugfs xfs_repair xfs_admin btrfs btrfstune zfs zpool lvm lvcreate lvremove lvextend lvreduce lvresize vgcreate vgremove vgreduce vgextend pvcreate pvremove pvmove mdadm cryptsetup veracrypt losetup dmsetup diskutil format diskpart swapon swapoff fstrim e4defrag dmraid multipath iscsiadm bcache ddrescue testdisk photorec grub-install update-grub grub-mkconfig efibootmgr bootctl flashrom fwupdmgr bcdedit nvram tpm2_clear sg_format storcli megacli',
    'changes disks or how the machine starts',
    {
      match: [
        'mkfs.ext4 /dev/sda1',
        'fdisk /dev/sda',
        'zfs destroy x',
        'wipefs -a /dev/sda',
        'lvremove x',
        'mkfs.btrfs /dev/x',
      ],
      notMatch: ['mkfs --version'],
    },
  ),
  look('mount', 'shows what is mounted', {
    raise: [
      {
        options:
          '-a --all -o --bind --move --rbind --make-shared -B -M -R -T --fstab -U -L --remount',
        to: 'beyond',
        why: 'mounts something',
      },
    ],
    most: { words: 0, to: 'beyond', why: 'mounts something' },
    match: ['mount', 'mount -v'],
    notMatch: ['mount /dev/sda1 x', 'mount -a', 'mount --bind a b'],
  }),
  beyond(
    'umount fusermount fusermount3 udisksctl mount.cifs mount.nfs pmount eject automount exportfs',
    'mounts or unmounts',
    {
      match: ['umount /x'],
      notMatch: ['umount --version'],
    },
  ),
  beyond(
    'insmod modprobe rmmod depmod dkms kmod sysctl setenforce aa-disable aa-complain aa-teardown apparmor_parser semanage semodule auditctl bpftool bpftrace stap ip6tables iptables iptables-restore nft ufw firewall-cmd ebtables ipset pfctl tc csrutil spctl kextload kextunload loadkeys ldconfig setterm sysrq swapctl cgexec cgcreate cgset',
    'changes the kernel or its guards',
    {
      match: ['modprobe x', 'sysctl -w a=1', 'iptables -F', 'ufw disable', 'nft flush ruleset'],
      notMatch: ['iptables --version'],
    },
  ),
  look('crontab', 'shows what runs later', {
    raise: [{ options: '-r -e -i -u -s', to: 'beyond', why: 'changes what runs later' }],
    most: { words: 0, to: 'beyond', why: 'changes what runs later' },
    match: ['crontab -l'],
    notMatch: ['crontab -r', 'crontab a', 'crontab -', 'crontab -e'],
  }),
  beyond(
    'useradd userdel usermod adduser deluser groupadd groupdel groupmod groupmems gpasswd passwd chpasswd chage chsh chfn vipw vigr visudo pwconv newusers faillock pam-auth-update authselect dscl dseditgroup sysadminctl realm smbpasswd pdbedit htpasswd loginctl polkit pkaction aa-genprof dsconfigad Add-LocalGroupMember',
    'changes who may do what',
    {
      match: ['useradd x', 'passwd root', 'usermod -aG sudo x', 'visudo', 'htpasswd a b'],
      notMatch: ['useradd --help'],
    },
  ),
  beyond(
    'defaults scutil pmset networksetup systemsetup tccutil mdutil tmutil profiles fdesetup open xdg-open launch start gnome-open kde-open gio xdg-mime xdg-settings gsettings dconf xdotool ydotool wmctrl xprop xset dbus-send busctl gdbus qdbus pbcopy pbpaste xclip xsel wl-copy wl-paste screencapture scrot say reg regedit wmic bcdboot cipher vssadmin wbadmin takeown icacls cacls attrib fsutil sfc dism certreq',
    'reaches other programs or settings of this machine',
    {
      match: [
        'open a',
        'defaults write x y z',
        'xdg-open https://x',
        'pbpaste',
        'vssadmin delete shadows',
      ],
      notMatch: ['xdg-open --version'],
    },
  ),
  look(
    'top htop atop btop glances iotop powertop nvtop slabtop ncdu nload lsns lsipc lslocks fuser inotifywait',
    'shows what runs',
    {
      raise: [
        {
          options: '-k --kill --calibrate --auto-tune',
          to: 'beyond',
          why: 'ends programs or changes settings',
        },
        loads('--config -C'),
        { options: '-o --output -w -s -S', to: 'lose', why: 'may write a file' },
      ],
      match: ['top -b -n 1', 'fuser a'],
      notMatch: ['fuser -k a', 'fuser --kill a'],
    },
  ),
  beyond(
    'atom openclaw clawdbot moltbot defenseclaw claude codex gemini cursor-agent aider goose opencode amp copilot qwen kimi crush ollama llm sgpt',
    'asks or changes an agent, this one included',
    {
      match: ['atom agents promote x', 'openclaw config set a b', 'claude -p x'],
      notMatch: ['atom --version'],
    },
  ),
];
