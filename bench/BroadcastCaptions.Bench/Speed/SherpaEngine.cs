using System.Text;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>sherpa-onnx over a list of jobs, on the very same model files, in a process of its own.</summary>
/// <param name="modules">The node_modules that hold sherpa-onnx-node.</param>
internal sealed class SherpaEngine(string modules)
{
    private const int Tokens = 32_768;

    /// <summary>Recognises every job.</summary>
    public async Task<EngineRun> RunAsync(string jobs, string model, int threads, TemporaryFolder folder)
    {
        var tokens = folder["tokens.txt"];
        if (!File.Exists(tokens)) await WriteTokensAsync(MoonshineFiles.In(model).Vocabulary, tokens);
        var environment = new Dictionary<string, string?>
        {
            ["NODE_PATH"] = modules,
            ["LD_LIBRARY_PATH"] = Path.Combine(modules, "sherpa-onnx-linux-x64"),
        };
        var script = Path.Combine(Places.Repository, "bench", "sherpa", "sherpa.cjs");
        return EngineRun.Parse(await Child.OutputAsync(["node", script, jobs, model, tokens, $"{threads}"], environment));
    }

    /// <summary>The vocabulary as sherpa-onnx wants it: base64 of a piece's bytes, a tab, its number.</summary>
    private static async Task WriteTokensAsync(string vocabulary, string path)
    {
        var pieces = LlamaVocabulary.Load(vocabulary);
        var lines = Enumerable.Range(0, Tokens).Select(id => $"{Convert.ToBase64String(pieces.Piece(id) is { IsEmpty: false } piece ? piece.ToArray() : Encoding.UTF8.GetBytes($"<{id}>"))}\t{id}");
        await File.WriteAllLinesAsync(path, lines);
    }
}
