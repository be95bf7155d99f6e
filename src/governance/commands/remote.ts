import type { CommandRule } from './command-rule.ts';
import { beyond, look, lose } from './rule.ts';
import { destroys, grants, secrets } from './server-words.ts';

const why = 'works on servers: it leaves this machine';
const raise = [destroys, secrets, grants];

const about = look('version help completion completions', 'asks a program about itself', {
  match: [],
  notMatch: [],
});

/** Tools that work on servers, by what those are for. All that they do leaves this machine; the card says how gravely. */
export const remote: readonly CommandRule[] = [
  beyond(
    'aws aws-vault awslocal sam eksctl ecs-cli eb cdk s3cmd s5cmd s4cmd mc gcloud gsutil bq az azcopy func doctl linode-cli hcloud vultr-cli oci ibmcloud scw exo upctl civo aliyun tccli openstack nova yc ovhcloud b2 wasabi cfcli flarectl dnscontrol octodns route53',
    why,
    {
      raise,
      subs: [about],
      match: [
        'aws s3 ls',
        'aws s3 rm s3://x --recursive',
        'gcloud compute instances delete x',
        'az group delete',
      ],
      notMatch: ['aws help', 'gcloud version'],
    },
  ),
  beyond(
    'heroku fly flyctl netlify vercel now railway render wrangler firebase supabase amplify surge gh-pages deployctl dokku cf eas expo appcenter fastlane shopify stripe twilio sendgrid mailgun auth0 okta planetscale pscale neonctl turso convex appwrite nhost hasura prisma drizzle-kit sequelize knex typeorm alembic flyway liquibase dbmate migrate atlas sqlmesh dbt',
    why,
    {
      raise,
      subs: [about],
      match: [
        'heroku apps:destroy x',
        'vercel deploy',
        'stripe charges create',
        'supabase db reset',
        'prisma migrate reset',
      ],
      notMatch: ['heroku help'],
    },
  ),
  beyond(
    'gh hub glab tea bb jira linear circleci gitlab-runner gitlab-rails buildkite-agent drone woodpecker act travis jenkins-cli jenkins-jobs concourse argo argocd flux tkn spinnaker spin codecov sentry-cli snyk sonar-scanner renovate dependabot git-lfs gitlab-ctl teamcity octo azure-pipelines atlantis',
    why,
    {
      raise,
      subs: [about],
      match: [
        'gh repo delete x',
        'gh pr list',
        'gh api -X DELETE x',
        'circleci context list',
        'gitlab-runner unregister x',
      ],
      notMatch: ['gh version'],
    },
  ),
  beyond(
    'docker podman nerdctl docker-compose podman-compose buildah skopeo crictl ctr runc crun containerd buildctl kaniko img lxc lxd incus multipass colima lima limactl minikube kind k3d k3s microk8s rancher rke virsh virt-install qemu-img qemu-system-x86_64 VBoxManage vmrun prlctl orb distrobox toolbox devcontainer flintlock firectl',
    'works on containers or machines as their owner',
    {
      raise: [
        {
          words:
            /^--privileged|^(-v|--volume=?|--mount=?).*(docker\.sock|:\/|source=\/)|^\/:|docker\.sock|^--(pid|net|network|ipc|userns|cap-add|device|security-opt)/,
          to: 'beyond',
          why: 'gives a container this machine',
        },
        destroys,
        {
          words: /^(run|exec|push|login|cp|import|load|build)$/,
          to: 'beyond',
          why: 'runs or moves what others made',
        },
      ],
      subs: [look('help', 'asks a program about itself', { match: ['docker help'], notMatch: [] })],
      match: [
        'docker run -v /:/h alpine chroot /h',
        'docker ps',
        'docker system prune -af',
        'podman rm x',
        'virsh destroy x',
      ],
      notMatch: ['docker help'],
    },
  ),
  beyond(
    'kubectl oc k kubens kubectx helm helmfile helm3 skaffold tilt kops kubeadm kubelet istioctl linkerd cilium calicoctl velero kubeseal stern k9s krew clusterctl crossplane cmctl',
    why,
    {
      raise,
      subs: [
        look('version-client template lint', 'works something out', {
          raise: [
            {
              options:
                '--post-renderer --repo --kubeconfig --kube-context --validate --dependency-update --set-file --output-dir --plugin -f --values',
              to: 'beyond',
              why: 'runs programs, reads elsewhere or asks a server',
            },
          ],
          match: ['helm lint x', 'helm template x'],
          notMatch: ['helm template --post-renderer sh x', 'helm template --validate x'],
        }),
      ],
      match: [
        'kubectl get pods',
        'kubectl delete ns x',
        'kubectl apply -f a',
        'helm uninstall x',
        'velero backup delete x',
      ],
      notMatch: ['helm lint x'],
    },
  ),
  beyond(
    'terraform tofu terragrunt pulumi packer ansible ansible-playbook ansible-galaxy ansible-vault ansible-console salt salt-call salt-ssh puppet chef chef-client knife inspec serverless sls nomad consul consul-template boundary waypoint infracost terraformer cdktf bosh juju cloud-init cloudformation sceptre kitchen',
    why,
    {
      raise,
      subs: [
        lose('fmt', 'rewrites its files', {
          match: ['terraform fmt'],
          notMatch: ['terraform fmt /etc/x'],
        }),
        look('version help', 'asks a program about itself', {
          match: ['terraform version'],
          notMatch: [],
        }),
      ],
      match: [
        'terraform destroy',
        'terraform apply',
        'terraform plan',
        'ansible all -m shell',
        'pulumi destroy',
        'nomad job stop x',
      ],
      notMatch: ['terraform fmt', 'consul version'],
    },
  ),
  beyond(
    'vault op bw lpass doppler infisical chamber teller conjur akeyless berglas envkey dotenvx 1password keybase bitwarden rbw secrethub summon credstash passbolt keepassxc-cli dashlane',
    'reads or changes secrets',
    {
      raise: [destroys],
      subs: [about],
      match: [
        'vault kv get secret/x',
        'vault delete secret/x',
        'op item list',
        'doppler secrets',
        'vault secrets disable kv/',
      ],
      notMatch: ['vault version'],
    },
  ),
  beyond(
    'rclone restic borg borgmatic kopia duplicacy rdiff-backup tarsnap bup attic rsnapshot barman pgbackrest wal-g wal-e timeshift snapper backblaze-b2 arq rustic zpaq bconsole urbackup mysqldump mysqlpump mariadb-dump pg_dump pg_dumpall pg_restore pg_basebackup mongodump mongorestore xtrabackup',
    'works on backups or copies of data',
    {
      raise: [
        destroys,
        {
          words: /^(sync|move|moveto|forget|prune|delete\w*|purge|rmdirs?|cleanup)$/,
          to: 'beyond',
          why: 'deletes from backups, which no undo here brings back',
        },
      ],
      subs: [about],
      match: [
        'rclone sync a b:',
        'restic forget x',
        'borg prune',
        'restic snapshots',
        'pg_dump x',
        'borg list x',
      ],
      notMatch: ['restic version'],
    },
  ),
];
