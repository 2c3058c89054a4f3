using BroadcastCaptions.Cli;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Cli;

public sealed class BenchCommandTests : IDisposable
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "captions-bench.exe" : "captions-bench";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_lies_beside_the_program_is_started() => Assert.Equal(Made("bin", Name), BenchCommand.Find(_folder.Folder("bin")));

    [Fact]
    public void In_a_checkout_the_release_build_is_started()
    {
        Made("BroadcastCaptions.sln");
        Made("bench", "BroadcastCaptions.Bench", "bin", "Debug", "net10.0", Name);
        var release = Made("bench", "BroadcastCaptions.Bench", "bin", "Release", "net10.0", Name);
        Assert.Equal(release, BenchCommand.Find(Path.GetDirectoryName(_folder["src", "bin", "captions"])!));
    }

    [Fact]
    public void Where_it_is_not_built_the_remedy_says_how() =>
        Assert.Contains("dotnet build", Assert.Throws<CaptionsException>(() => BenchCommand.Find(_folder.Path)).Remedy, StringComparison.Ordinal);

    private string Made(params string[] path)
    {
        var file = _folder[path];
        File.WriteAllText(file, "");
        return file;
    }
}
