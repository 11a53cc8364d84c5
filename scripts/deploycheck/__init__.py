"""Holds deploy/ and docker-compose.yml to what the programs really do: scripts/check-deploy.sh."""
