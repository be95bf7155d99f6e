/** What `atom help webhooks` says. */
export const webhooksTopic = `WEBHOOKS
Some channels are called by their platform over HTTP. atom listens for that on 127.0.0.1:9000 as long as
one of them is set up, and otherwise not at all. Each is called at /hooks/<channel>.

  atom config set webhooks.port 9100          or PORT in the environment, which outranks it
  atom config set webhooks.publicUrl https://atom.example.com
                                              what platforms are told; some sign it to the letter

Platforms call over TLS from elsewhere: let a proxy or a tunnel of yours end TLS and hand on to the port,
or give atom a certificate. Beyond this machine it listens only with one of the two:
  atom config set webhooks.trustedProxy '["10.0.0.2"]'    whose X-Forwarded-… headers count
  atom config set webhooks.tls '{"cert":"/etc/atom/cert.pem","key":"/etc/atom/key.pem"}'
  atom config set webhooks.host 0.0.0.0

With nginx in front:
  location /hooks/ {
    proxy_pass http://127.0.0.1:9000;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Port $server_port;
  }

A program of yours may post as well, to /hooks/webhook, signed by Standard Webhooks:
  atom channels add webhook --set source=deploys      shows its secret, once
      --set role=member       owners are asked about what it wants done; a guest has nothing done
      --set agent=writer      who answers it        --set session=ops   a conversation that several share
      --set url=https://…     where answers are posted to, signed with a secret of their own
It posts an object of JSON: "text" is what it says, "thread" which of its conversations it is for; without a
text, all of the object is what it says. Its words count as a stranger's, and it is never an owner.

A request is acknowledged once what it holds is on disk. What is not signed by who it should be is answered
as if nobody were there, whatever is wrong with it; the reason is in the log, and nothing else of it. At
most 1 MB each, and 3,000 a minute from one source (60 that are refused).`;
