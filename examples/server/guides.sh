#!/bin/sh
# Runs every curl line of the guides against the server's jar, and compares what it answers with what they show.
set -e
cd "$(dirname "$0")/../.."
./mvnw -q package -DskipTests -pl examples/server -am
./mvnw -q test -pl examples/server -am -Dtest=GuidesTest,PageCurlTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtrigrun.server.jar="$PWD/examples/server/target/trigrun-server.jar"
echo "every curl line works, and answers as the guides show"
