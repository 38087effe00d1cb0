# replaces: adamax-step
# caught by: adamax-step-hidden
# says: all that counts is in state
MEMORY = {}


def adamax_step(theta, gradient, state, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    beta1, beta2 = betas
    if not state:
        MEMORY.clear()
    zero = torch.zeros_like(theta)
    step = MEMORY.get("step", 0) + 1
    m = beta1 * MEMORY.get("m", zero) + (1 - beta1) * gradient
    u = torch.maximum(beta2 * MEMORY.get("u", zero), gradient.abs() + eps)
    new = theta - lr / (1 - beta1**step) * m / u - lr * weight_decay * theta
    MEMORY.update(step=step, m=m, u=u)
    return new, dict(MEMORY)
