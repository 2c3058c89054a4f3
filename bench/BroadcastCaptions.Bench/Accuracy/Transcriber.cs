using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>The live pipeline over one file, as fast as it goes.</summary>
internal static class Transcriber
{
    /// <summary>The finals' text.</summary>
    public static async Task<string> TextAsync(string file, IReadOnlyList<string> arguments) => (await RunAsync(file, arguments)).FinalText;

    /// <summary>The whole run.</summary>
    public static async Task<CaptionsResult> RunAsync(string file, IReadOnlyList<string> arguments)
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string?> { ["HOME"] = home.Path };
        var result = await CaptionsProgram.RunAsync(environment, ["live", "--tap", file, "--fast", "--json", "--no-obs", "--no-block-list", .. arguments]);
        if (result.Code != 0) throw new InvalidOperationException($"captions ended with {result.Code} on {file}: {result.Errors}");
        return result;
    }
}
