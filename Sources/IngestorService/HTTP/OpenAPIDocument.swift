/// The description of the HTTP interface: `Description/openapi.json`, which is built in.
enum OpenAPIDocument {
    /// OpenAPI 3.1, in JSON.
    static let bytes: [UInt8] = PackageResources.openapi_json
}
