// Weighs each line of its input, a JSON string, as X's own library does.
const { createInterface } = require("node:readline");
const { parseTweet } = require(process.argv[2]);
createInterface({ input: process.stdin }).on("line", (line) => console.log(parseTweet(JSON.parse(line)).weightedLength));
