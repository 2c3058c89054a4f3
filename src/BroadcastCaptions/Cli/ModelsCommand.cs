using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>'captions models': the catalogue and what of it is on this machine.</summary>
internal static class ModelsCommand
{
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> Config = CommonOptions.Config();
    private static readonly Option<bool> Force = new("--force") { Description = "Check what is installed by SHA-256, and fetch again what is damaged." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };
    private static readonly Option<string?> As = new("--name") { Description = "What an imported Whisper model is called from then on.", HelpName = "NAME" };
    private static readonly Option<bool> Quantize = new("--quantize") { Description = "Keep imported Whisper models in 8 bits only, which is how they run: less disk, the most for large ones, which take some minutes." };
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder with the files of models." };
    private static readonly SettingOptions Settings = new SettingOptions()
        .Add<string>("--folder", "model:folder", "Folder of the models (default: the platform's cache folder).", "FOLDER")
        .AddSwitch("--offline", "model:offline", true, "Never use the network.");

    /// <summary>The verb with its subcommands.</summary>
    public static Command Create()
    {
        var (pull, verify, rm) = (Names(ArgumentArity.OneOrMore), Names(ArgumentArity.ZeroOrMore), Names(ArgumentArity.OneOrMore));
        return new("models", """
            Lists, fetches, checks, removes and imports models.

            More models: entries in models.json, in the configuration folder, of the form that catalogue.schema.json describes. A proxy
            (HTTPS_PROXY, ALL_PROXY, NO_PROXY), HF_ENDPOINT (a mirror of Hugging Face) and HF_TOKEN are honoured.

            Examples:
              captions models list
              captions models pull moonshine-base whisper-tiny.en
              captions models verify
              captions models import /media/stick/models      no network needed
              captions models import whisper-tiny-de --name tiny-german
              captions models import distil-large-v3.5 --quantize
            """)
        {
            Verb("list", "What there is, what of it is on this machine, and what it can do here.", [], (_, store, options, json, _) => Task.FromResult(ModelsList.Write(store, options, json))),
            Verb("pull", "Fetches models and what they need: resumed where it was interrupted, verified by SHA-256.", [pull, Force],
                (result, store, _, json, cancellation) => PullAsync(store, result.GetRequiredValue(pull), result.GetValue(Force), json, cancellation)),
            Verb("verify", "Checks the installed models by SHA-256.", [verify],
                (result, store, _, json, cancellation) => VerifyAsync(store, result.GetValue(verify) ?? [], json, cancellation)),
            Verb("rm", "Removes models from this machine.", [rm, Yes],
                (result, store, _, json, cancellation) => RemoveAsync(store, result.GetRequiredValue(rm), result.GetValue(Yes), json, cancellation)),
            Verb("import", "Copies models out of a folder: known files by their content, Whisper models whole.", [Folder, As, Quantize],
                (result, store, _, json, cancellation) => ImportAsync(store, result.GetRequiredValue(Folder), result.GetValue(As), result.GetValue(Quantize), json, cancellation)),
        };
    }

    private static Argument<string[]> Names(ArgumentArity arity)
    {
        var names = new Argument<string[]>("name") { Description = "Names in the catalogue.", HelpName = "NAME", Arity = arity };
        names.CompletionSources.Add(_ => ModelCatalogue.Bundled.Models.Select(model => new System.CommandLine.Completions.CompletionItem(model.Name)));
        return names;
    }

    private static Command Verb(
        string verb, string help, IReadOnlyList<Symbol> own, Func<ParseResult, ModelStore, ModelOptions, bool, CancellationToken, Task<ExitCode>> run)
    {
        var command = new Command(verb, help);
        foreach (var symbol in own)
        {
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        }

        command.Options.Add(Json);
        command.Options.Add(Config);
        Settings.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            using var signal = new Session.StopSignal(cancellation);
            var options = OptionsLoader.Load(result.GetValue(Config), Settings.Read(result)).Model;
            return (int)await run(result, new ModelStore(options), options, result.GetValue(Json), signal.Token);
        });
        return command;
    }

    private static async Task<ExitCode> PullAsync(ModelStore store, string[] names, bool force, bool json, CancellationToken cancellation)
    {
        var folders = new List<(string Name, string Folder)>();
        foreach (var model in names.SelectMany(store.Catalogue.Needed).Distinct().ToList())
        {
            var folder = await Downloads.RunAsync(progress => force
                ? store.RepairAsync(model.Name, progress, cancellation)
                : store.EnsureAsync(model.Name, progress, cancellation));
            folders.Add((model.Name, folder));
            Screen.Console.WriteLine($"{model.Name} is in {folder}.");
        }

        if (json) JsonOutput.Write(JsonOutput.List(folders, model => new JsonObject { ["name"] = model.Name, ["folder"] = model.Folder }));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> VerifyAsync(ModelStore store, string[] names, bool json, CancellationToken cancellation)
    {
        var chosen = names.Length > 0 ? names : [.. store.List().Where(m => m.State != InstallState.Missing).Select(m => m.Model.Name)];
        var files = new List<(string Model, FileStatus Status)>();
        foreach (var model in chosen) files.AddRange((await store.VerifyAsync(model, cancellation)).Select(status => (model, status)));
        if (json) JsonOutput.Write(JsonOutput.List(files, f => ModelsJson.File(f.Model, f.Status)));
        else foreach (var (model, status) in files.Where(f => !f.Status.File.Optional || File.Exists(f.Status.Path))) Screen.Output.MarkupLine($"{model}/{status.File.Name}: {Judgement(status)}");
        return files.TrueForAll(f => f.Status.State == InstallState.Installed) ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Judgement(FileStatus status) => status switch
    {
        { State: InstallState.Installed, IsVerified: false } => "[yellow]here, but no SHA-256 of it is known[/]",
        { State: InstallState.Installed } => "[green]whole[/]",
        _ => ModelsList.State(status.State),
    };

    private static async Task<ExitCode> RemoveAsync(ModelStore store, string[] names, bool yes, bool json, CancellationToken cancellation)
    {
        foreach (var name in names) store.Catalogue.Find(name);
        if (!yes) Ask(names);
        var removed = new List<(string Name, Removal Removal)>();
        foreach (var name in names) removed.Add((name, await store.RemoveAsync(name, cancellation)));
        if (json) JsonOutput.Write(JsonOutput.List(removed, model => ModelsJson.Removal(model.Name, model.Removal)));
        else foreach (var (name, removal) in removed) Screen.Output.WriteLine(removal.Freed > 0 ? $"{name} removed, {removal.Freed / 1e6:0} MB freed." : $"{name} was not on this machine.");
        foreach (var path in removed.SelectMany(model => model.Removal.Left)) Screen.Console.MarkupLineInterpolated($"[yellow]{path} is not of the model and was left.[/]");
        return ExitCode.Done;
    }

    /// <exception cref="CaptionsException">Nobody can be asked.</exception>
    /// <exception cref="OperationCanceledException">The user said no.</exception>
    private static void Ask(string[] names)
    {
        if (Console.IsInputRedirected || !Screen.IsInteractive)
            throw new CaptionsException("Whether to remove is asked in a terminal only.", "Say so with --yes.", ExitCode.Usage);
        if (!Screen.Console.Confirm($"Remove {string.Join(", ", names)} from this machine?", defaultValue: false)) throw new OperationCanceledException();
    }

    private static async Task<ExitCode> ImportAsync(ModelStore store, string folder, string? name, bool quantize, bool json, CancellationToken cancellation)
    {
        if (quantize) Screen.Console.WriteLine("Writing the weights in 8 bits, and comparing what the model then says with what it said before.");
        var import = await store.ImportAsync(folder, name, quantize, cancellation);
        if (json) JsonOutput.Write(ModelsJson.Import(import));
        else foreach (var model in import.Quantized) Screen.Output.WriteLine($"{model.Model}: {model.Before / 1e6:0} MB of graphs became {model.After / 1e6:0} MB.");
        foreach (var sentence in import.Refused) Screen.Console.MarkupLineInterpolated($"[yellow]{sentence}[/]");
        if (!json) Screen.Output.WriteLine($"{import.Taken.Count} files imported. Ready: {(import.Ready.Count > 0 ? string.Join(", ", import.Ready) : "nothing new")}.");
        return import.Refused.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
