using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Tests.Transcription;

/// <summary>The real 'captions transcribe' with the smallest model, in a home of its own.</summary>
internal sealed class Bench : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public TemporaryFolder Work { get; } = new();

    public static SpeechFile Talk { get; } = SpeechSet.Kept.Single(file => file.Name == "ps_librivox_0870.wav");

    /// <summary>A copy of the talk under another name.</summary>
    public string Copy(params ReadOnlySpan<string> below)
    {
        var path = Work[below];
        File.Copy(Talk.Path, path);
        return path;
    }

    /// <summary>The talk again and again.</summary>
    public async Task<string> RepeatAsync(string name, int times)
    {
        var bytes = await File.ReadAllBytesAsync(Talk.Path);
        var data = bytes.AsSpan().IndexOf("data"u8) + 8;
        var samples = Enumerable.Range(0, (bytes.Length - data) / 2).Select(i => BitConverter.ToInt16(bytes, data + (2 * i)) / 32768f).ToArray();
        await WavFile.WriteAsync(Work[name], Enumerable.Repeat(samples, times).SelectMany(once => once).ToArray(), 16_000);
        return Work[name];
    }

    public Task<CaptionsResult> RunAsync(params IReadOnlyList<string> arguments) => RunWithAsync([], arguments);

    public Task<CaptionsResult> RunWithAsync(Dictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        CaptionsProgram.RunAsync(Environment(environment), All(arguments));

    public Task<CaptionsProcess> StartAsync(params IReadOnlyList<string> arguments) => CaptionsProgram.StartAsync(Environment([]), All(arguments));

    /// <summary>One clear sentence that names the thing, and no stack trace.</summary>
    public static void AssertSaid(CaptionsResult result, int code, params IReadOnlyList<string> words)
    {
        Assert.All(words, word => Assert.Contains(word, result.Errors, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
        Assert.Equal(code, result.Code);
    }

    public void Dispose()
    {
        _home.Dispose();
        Work.Dispose();
    }

    private static string[] All(IReadOnlyList<string> arguments) => ["transcribe", .. arguments.Contains("--model") ? arguments : ["--model", "moonshine-tiny", .. arguments]];

    private Dictionary<string, string?> Environment(Dictionary<string, string?> more) => new(more) { ["HOME"] = _home.Path, ["XDG_RUNTIME_DIR"] = _home.Folder("run") };
}
