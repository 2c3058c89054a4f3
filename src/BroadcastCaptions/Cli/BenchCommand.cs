using System.CommandLine;
using System.Diagnostics;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Cli;

/// <summary>
/// 'captions bench MEASURE …': hands over to captions-bench. Measuring wants a real OBS, players and recorders, which the product
/// does not carry: it is a program of its own, beside this one or in the checkout.
/// </summary>
internal static class BenchCommand
{
    private const string Program = "captions-bench";
    private const string Solution = "BroadcastCaptions.sln";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var measure = new Argument<string>("measure") { Description = "rtf: speed on whole files; stream: cost of partials; latency: word end to OBS's screen; wer: word errors." };
        measure.AcceptOnlyFromAmong("rtf", "stream", "latency", "wer");
        var command = new Command("bench", """
            Measures speed, latency and accuracy: the numbers that README quotes. What follows the measure goes to it.

            Examples:
              captions bench rtf recordings            a folder with a manifest.tsv: file, seconds, kind, language, reference
              captions bench stream --model moonshine-base
              captions bench wer --worst 5
            """) { measure };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, cancellation) => RunAsync(Find(AppContext.BaseDirectory), [result.GetValue(measure)!, .. result.UnmatchedTokens], cancellation));
        return command;
    }

    /// <summary>Where captions-bench is, seen from a folder.</summary>
    /// <exception cref="CaptionsException">Nowhere.</exception>
    internal static string Find(string from)
    {
        var name = OperatingSystem.IsWindows() ? $"{Program}.exe" : Program;
        var places = new List<string> { Path.Combine(from, name) };
        for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, Solution)))
                places.AddRange(((string[])["Release", "Debug"]).Select(kind => Path.Combine(folder, "bench", "BroadcastCaptions.Bench", "bin", kind, "net10.0", name)));
        return places.Find(File.Exists) ?? throw new CaptionsException(
            $"The program {Program} is not here.", "In a checkout, 'dotnet build -c Release bench/BroadcastCaptions.Bench' makes it.");
    }

    private static async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })
            ?? throw new CaptionsException($"{program} does not start.", "Build it again.");
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }
}
