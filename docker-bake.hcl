// docker buildx bake --push: both images for both platforms, with SBOM and provenance.
variable "REGISTRY" {
  default = "vote"
}

variable "TAG" {
  default = "latest"
}

group "default" {
  targets = ["app", "static"]
}

target "common" {
  context   = "."
  platforms = ["linux/amd64", "linux/arm64"]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}

target "app" {
  inherits = ["common"]
  target   = "app"
  tags     = ["${REGISTRY}/app:${TAG}"]
}

target "static" {
  inherits = ["common"]
  target   = "static"
  tags     = ["${REGISTRY}/nginx:${TAG}"]
}
