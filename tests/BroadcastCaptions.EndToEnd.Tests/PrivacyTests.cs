using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Nothing leaves the machine. Needs no OBS and no sound.</summary>
public sealed class PrivacyTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    /// <summary>It makes a device's number and a queue of events in the cache folder before it sends any; where it finds itself in CI or in a test it does not.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task The_telemetry_of_ONNX_Runtime_is_off(string? disabled)
    {
        var cache = _home.Folder("cache");
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = _home.Path,
            ["XDG_CACHE_HOME"] = cache,
            ["XDG_RUNTIME_DIR"] = _home.Folder("run"),
            ["CAPTIONS__MODEL__FOLDER"] = CaptionsProgram.ModelFolder,
            ["ORT_DISABLE_TELEMETRY"] = disabled,
        };
        foreach (var telling in new[] { "ORT_RUNNING_UNIT_TESTS", "CI", "TF_BUILD", "GITHUB_ACTIONS", "JENKINS_URL" }) environment[telling] = null;
        var result = await CaptionsProgram.RunAsync(environment, "live", "--fast", "--json", "--no-obs", "--tap", Show.Sentence.Path);
        Assert.Contains("john", SpokenWords.Of(result.FinalText));
        Assert.DoesNotContain(Directory.EnumerateFiles(_home.Path, "*", SearchOption.AllDirectories), file => file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
    }
}
