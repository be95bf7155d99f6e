// Stands in for the process that speaks WhatsApp: asks the test how its connection goes, and says so.
const { url } = JSON.parse(process.argv[2]);
const me = { id: '15550000000:1@s.whatsapp.net' };

function end(code) {
  process.send({ news: 'closed', code, words: 'as the test says' }, () => process.exit(0));
}

process.on('disconnect', () => process.exit(0));
process.on('message', (order) => {
  if (order.do === 'close') end(428);
});
for (;;) {
  const word = await (await fetch(url)).text();
  if (word !== 'open') {
    end(Number(word));
    break;
  }
  process.send({ news: 'open', me });
}
