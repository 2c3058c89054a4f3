using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Library.Tests;

/// <summary>The package, made once.</summary>
public sealed class Package : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal ZipArchive Content { get; private set; } = null!;

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public async Task InitializeAsync()
    {
        await using var pack = await GuardedProcess.StartAsync(
        [
            "dotnet", "pack", Path.Combine(Places.Repository, "src", "BroadcastCaptions.Library"), "--no-restore", "-c", Configuration, "-o", _folder.Path, "-v", "quiet",
            "-nodeReuse:false", "-m:1",
        ]);
        var output = new List<string>();
        await foreach (var line in pack.Output.ReadAllAsync()) output.Add(line);
        Assert.True(await pack.Exited == 0, string.Join('\n', output));
        Content = await ZipFile.OpenReadAsync(Directory.GetFiles(_folder.Path, "BroadcastCaptions.*.nupkg").Single());
    }

    public async Task DisposeAsync() => await Content.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}

/// <summary>'dotnet pack' makes a package that stands on its own.</summary>
public sealed class PackageTests(Package package) : IClassFixture<Package>
{
    private static readonly string[] Rooms = ["Audio", "Bridge", "Captions", "Core", "Library", "Speech"];

    [Fact]
    public void It_carries_our_rooms_with_their_documentation_and_nobody_elses() => Assert.Equal(
        Rooms.SelectMany(room => new[] { $"lib/net10.0/BroadcastCaptions.{room}.dll", $"lib/net10.0/BroadcastCaptions.{room}.xml" }),
        package.Content.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void It_declares_what_it_stands_on()
    {
        using var nuspec = package.Content.Entries.Single(entry => entry.FullName == "BroadcastCaptions.nuspec").Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
        Assert.Equal(OnnxRuntimeVersion(), dependencies["Microsoft.ML.OnnxRuntime"]);
        Assert.Equal(["Google.Protobuf", "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"], dependencies.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Compiled against our copy of ONNX Runtime's API, it must bind to the package's: that has no version, as ours has none.</summary>
    [Fact]
    public void The_engine_asks_for_no_version_of_ONNX_Runtimes_API()
    {
        using var memory = new MemoryStream();
        using (var speech = package.Content.GetEntry("lib/net10.0/BroadcastCaptions.Speech.dll")!.Open()) speech.CopyTo(memory);
        memory.Position = 0;
        using var assembly = new PEReader(memory);
        var metadata = assembly.GetMetadataReader();
        var onnx = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Single(reference => metadata.GetString(reference.Name) == "Microsoft.ML.OnnxRuntime");
        Assert.Equal(new Version(0, 0, 0, 0), onnx.Version);
    }

    private static string OnnxRuntimeVersion() => XDocument.Load(Path.Combine(Places.Repository, "src", "OnnxRuntime", "OnnxRuntime.props"))
        .Descendants("OnnxRuntimeVersion").Single().Value;
}
