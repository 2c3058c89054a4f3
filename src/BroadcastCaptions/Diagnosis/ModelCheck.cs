using System.Diagnostics;
using System.Globalization;
using BroadcastCaptions.Choosing;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Diagnosis;

/// <summary>Is the model here, whole, and fast enough on this machine?</summary>
internal static class ModelCheck
{
    /// <summary>A share of real time up to which partials come in time: a 3 s segment is then recognised in a third of a second.</summary>
    private const double GoodSpeed = 0.12;

    /// <summary>What there is to say of the models that the options name: of each that auto may choose, and which it begins with.</summary>
    public static async Task<IReadOnlyList<ComponentState>> LookAllAsync(ModelOptions options, CancellationToken cancellation)
    {
        string[] names = options.IsAuto ? [.. AutoModel.Choices.Select(model => model.Name)] : [options.Name];
        if (options.Final is { } final && !names.Contains(final)) names = [.. names, final];
        var findings = new List<ComponentState>();
        if (options.IsAuto) findings.Add(new("model", Health.Ok, AutoModel.Describe(options)));
        foreach (var name in names) findings.Add(await LookAsync(Named(options, name, options.Offline), cancellation));
        return findings;
    }

    /// <summary>Verifies the model's files and measures its speed on the bundled recording.</summary>
    private static async Task<ComponentState> LookAsync(ModelOptions options, CancellationToken cancellation)
    {
        var name = $"model {options.Name}";
        try
        {
            var store = new ModelStore(options);
            var files = new List<FileStatus>();
            foreach (var model in store.Catalogue.Needed(options.Name)) files.AddRange(await store.VerifyAsync(model.Name, cancellation));
            if (files.Exists(file => file.State == InstallState.Missing))
                return new(name, Health.Waiting, "Not all of it is on this machine yet.", $"It is fetched at the first start, or now by 'captions models pull {options.Name}'.");
            if (files.Find(file => file.State != InstallState.Installed) is { } bad)
                return new(name, Health.Failed, $"{bad.Path} is {bad.State.ToString().ToLowerInvariant()}.", $"Run 'captions models pull {options.Name} --force'.");
            return await MeasureAsync(name, options, cancellation);
        }
        catch (CaptionsException e)
        {
            return new(name, Health.Failed, e.Message, e.Remedy);
        }
    }

    private static async Task<ComponentState> MeasureAsync(string name, ModelOptions options, CancellationToken cancellation)
    {
        var offline = Named(options, options.Name, offline: true);
        var loading = Stopwatch.StartNew();
        await using var engine = await Engine.LoadAsync(offline, cancellation);
        var loaded = loading.Elapsed.TotalSeconds;
        var speed = await SpeedTest.RunAsync(engine, cancellation);
        var threads = CpuBudget.Of(options).Threads;
        var detail = string.Create(CultureInfo.InvariantCulture, $"Loads in {loaded:0.0} s; recognises a second of speech in {speed * 1000:0} ms ({threads} thread{(threads == 1 ? "" : "s")}). {engine.Graphs}");
        return speed <= GoodSpeed
            ? new(name, Health.Ok, detail)
            : new(name, Health.Degraded, detail, "Captions will lag beside a game: use moonshine-tiny, or --threads 2.");
    }

    private static ModelOptions Named(ModelOptions options, string name, bool offline) =>
        new() { Name = name, Folder = options.Folder, Threads = options.Threads, Cpu = options.Cpu, Device = options.Device, Language = options.Language, Offline = offline };
}
