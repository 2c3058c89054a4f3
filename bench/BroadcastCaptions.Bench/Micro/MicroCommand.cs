using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BroadcastCaptions.Bench.Micro;

/// <summary>bench/micro: BenchmarkDotNet over the smallest parts that run all the time.</summary>
internal static class MicroCommand
{
    private static readonly Type[] Benchmarks = [typeof(ResamplerBenchmark), typeof(VoiceDetectorBenchmark), typeof(DecoderStepBenchmark), typeof(FormatterBenchmark)];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var only = new Option<string>("--only") { Description = "Only benchmarks whose name contains this.", DefaultValueFactory = _ => "" };
        var command = new Command("micro", "BenchmarkDotNet: time and allocated bytes of resampling a block, a window of the voice detector, a decoder step, and the formatter's answer to a partial.") { only };
        command.SetAction(async (result, _) =>
        {
            var chosen = Benchmarks.Where(type => type.Name.Contains(result.GetValue(only)!, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (chosen.Length == 0)
            {
                await Console.Error.WriteLineAsync($"No benchmark's name contains \"{result.GetValue(only)}\". There are {string.Join(", ", Benchmarks.Select(type => type.Name))}.");
                return 2;
            }

            var summaries = BenchmarkRunner.Run(chosen, Config());
            return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
        });
        return command;
    }

    /// <summary>In this process: what is measured is as it was built, beside its models and its ONNX Runtime. The report goes to the terminal, and into the system's folder for what is temporary.</summary>
    private static ManualConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "captions-micro"))
        .WithOptions(ConfigOptions.JoinSummary);
}
