using System.CommandLine;

namespace BroadcastCaptions.Bench;

/// <summary>Which product is measured: its model and policy, named beside every figure.</summary>
/// <param name="policy">The display policy where none is named; null: the product's own.</param>
internal sealed class ProductOptions(string? policy = null)
{
    private readonly Option<string> _model = new("--model") { Description = "Model that recognises.", DefaultValueFactory = _ => "moonshine-tiny" };
    private readonly Option<string?> _policy = new("--policy") { Description = $"Display policy: steady, fast, finalOnly (default: {policy ?? "the product's"}).", DefaultValueFactory = _ => policy };
    private readonly Argument<string[]> _more = new("more") { Description = "After --: more arguments for captions.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_policy);
        command.Arguments.Add(_more);
    }

    /// <summary>What the command line says, as arguments for the product.</summary>
    public IReadOnlyList<string> Arguments(ParseResult result) =>
    [
        "--model", result.GetValue(_model)!,
        .. result.GetValue(_policy) is { } policy ? new[] { "--policy", policy } : [],
        .. result.GetValue(_more) ?? [],
    ];

    /// <summary>The model's name.</summary>
    public string Model(ParseResult result) => result.GetValue(_model)!;

    /// <summary>Model and policy, for a report's heading.</summary>
    public string Describe(ParseResult result) =>
        $"model {result.GetValue(_model)}, policy {result.GetValue(_policy) ?? "default"}"
        + (result.GetValue(_more) is { Length: > 0 } more ? $", {string.Join(' ', more)}" : "");
}
